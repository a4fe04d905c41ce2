/** The guides say what works: their commands are run or checked, their examples are read by the gateway itself. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../../cli/program.ts';
import { parseStage } from '../../lib/config/read-stage.ts';
import { decodeMessage } from '../../lib/queue/message.ts';
import { stageFileWith } from '../template/full-stage.ts';
import { copyProject, osls } from '../template/package-stage.ts';

const docs = new URL('../../docs/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, docs), 'utf8');

const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(([, block]) =>
    String(block),
  );

const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));
const commands = new Set(
  pages.flatMap((page) =>
    blocks(read(page), 'sh').flatMap((block) =>
      [...block.matchAll(/^ *npx osls (.+)$/gm)].map(([, rest]) => String(rest)),
    ),
  ),
);

describe('the deployment commands of the guides', () => {
  const project = copyProject();
  afterAll(() => rmSync(project, { recursive: true }));

  test('there are some, and packaging is among them', () => {
    expect([...commands]).toEqual(expect.arrayContaining(['package --stage prod', 'deploy --stage prod']));
  });

  test.each([...commands])('npx osls %s', async (command) => {
    const words = command.replace(/ #.*/, '').trim().split(/\s+/);
    if (words[0] === 'package') {
      expect(await osls(words, project)).toContain('Service packaged');
      return;
    }
    // The others need an account: at least the command and its options exist.
    const options = words.filter((word) => word.startsWith('--'));
    const verb = words.slice(
      0,
      words.findIndex((word) => word.startsWith('--')),
    );
    const help = await osls([...verb, '--help'], project);
    expect(help).toContain(verb.join(' '));
    for (const option of options) expect(help).toContain(option);
  });
});

describe('the commands of the command line in the guides', () => {
  const known = createProgram().commands;
  const names = known.map((command) => command.name());
  const lines = pages.flatMap((page) =>
    [...read(page).matchAll(/(?:npm run cli --|npx --no tiktok-events) ([^`\n|]+)/g)].map(([, rest]) =>
      String(rest),
    ),
  );
  const commands = lines.filter((line) => line.trim() !== 'help');

  test.each([...new Set(commands)])('npx --no tiktok-events %s', (line) => {
    const words = line
      .replace(/ [#<].*/, '')
      .trim()
      .split(/\s+/);
    expect(names).toContain(words[0]);
    const command = known.find((one) => one.name() === words[0]);
    const part = command?.commands.find((one) => one.name() === words[1]) ?? command;
    const options = part?.options.map(({ long }) => long);
    expect(options).toEqual(expect.arrayContaining(words.filter((word) => word.startsWith('--'))));
  });
});

describe('docs/pipelines.md', () => {
  const page = read('pipelines.md');

  test('the TypeScript example is the file that is compiled and run', () => {
    expect(blocks(page, 'ts')).toEqual([
      readFileSync(new URL('../template/queues/producer.ts', import.meta.url), 'utf8'),
    ]);
  });

  test.each(blocks(page, 'json'))('the consumer reads the message %#', (body) => {
    const message = decodeMessage({ body, messageId: 'm-1', sentAtMs: Date.UTC(2026, 10, 22) });
    expect(message).toMatchObject({ event: { event_name: 'Purchase', event_id: 'order-1001' } });
  });

  test.each(blocks(page, 'yaml'))('the stage file takes the setting %#', (block) => {
    const { pipelines } = parse(block) as { pipelines: Record<string, unknown> };
    const settings = Object.entries(pipelines).map(([name, value]) => [['pipelines', name], value] as const);
    const stage = parseStage(stageFileWith(...settings), 'stages/example.yml');
    expect(stage.pipelines).toMatchObject(pipelines);
  });
});

test('docs/deploy.md names every secret that the stack makes', () => {
  for (const name of ['oauth-app', 'destinations/<name>', 'connect', 'ingest']) {
    expect(read('deploy.md')).toContain(`\`tiktok-events/<stage>/${name}\``);
  }
});

test('links between sections lead somewhere', () => {
  const anchors = (page: string) =>
    [...read(page).matchAll(/^#{1,4} (.+)$/gm)].map(([, title]) =>
      String(title)
        .toLowerCase()
        .replaceAll(/[^a-z0-9_ -]/g, '')
        .replaceAll(' ', '-'),
    );
  for (const page of ['deploy.md', 'operations.md', 'pipelines.md', 'internals/dependencies.md']) {
    const links = [...read(page).matchAll(/\]\(([a-z-]+\.md)?#([^)]+)\)/g)];
    const broken = links.filter(([, target, anchor]) => !anchors(target ?? page).includes(String(anchor)));
    expect(broken.map(([link]) => `${page}: ${link}`)).toEqual([]);
  }
});
