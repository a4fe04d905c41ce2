/** The commands in the guides work: osls packages with them or knows them, and the command line has their options. */
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import { osls } from '../template/osls.ts';
import { copyProject } from '../template/project-copy.ts';
import { allPages, fencedBlocks, readPage } from './pages.ts';

const pages = allPages.map(readPage);
const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, rest = '']) => rest.trim());

describe('osls', () => {
  const blocks = pages.flatMap((page) => fencedBlocks(page, 'sh'));
  const commands = new Set(blocks.flatMap((block) => found(block, /^ *npx osls (.+)$/gm)));
  const project = copyProject();
  afterAll(() => rmSync(project, { recursive: true }));

  test('the guides package and deploy a stage', () => {
    expect([...commands]).toEqual(expect.arrayContaining(['package --stage prod', 'deploy --stage prod']));
  });

  test.each([...commands])('osls knows the command and the options of "npx osls %s"', async (command) => {
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

describe('the command line', () => {
  const known = createProgram().commands;
  const lines = pages.flatMap((page) => found(page, /(?:npm run cli --|npx --no tiktok-events) ([^`\n|]+)/g));
  const commands = new Set(lines.filter((line) => line !== 'help' && !line.startsWith('…')));

  test.each([...commands])('takes "tiktok-events %s"', (line) => {
    const [name, verb, ...more] = words(line);
    const command = known.find((one) => one.name() === name);
    expect(command, `a command ${name}`).toBeDefined();
    const part = command?.commands.find((one) => one.name() === verb);
    expect(unknownOf(part ?? command, part ? more : [verb ?? '', ...more])).toEqual([]);
  });
});

/** `quality --stage prod` cannot be pasted, and the tests above do not see it. */
test('the guides write a command that names a stage in full', () => {
  const names = createProgram().commands.map((command) => command.name());
  const short = new RegExp(`\`(?:${names.join('|')})(?: [a-z]+)? --stage [^\`]*\``, 'g');
  expect(pages.flatMap((page) => page.match(short) ?? [])).toEqual([]);
});

/** Options that the command does not know. A value that an option does not take throws. */
function unknownOf(
  command: ReturnType<typeof createProgram>['commands'][number] | undefined,
  args: string[],
) {
  command?.exitOverride().configureOutput({ writeErr: () => undefined });
  const parsed = command?.parseOptions(args.filter((word) => word !== '--help' && word !== ''));
  return parsed?.unknown ?? args;
}

/** The words of a command line as a shell splits it: quotes hold together, a redirection and a comment end it. */
function words(line: string): string[] {
  const [command = ''] = line
    .replaceAll(/\$\([^)]*\)/g, 'now')
    .replaceAll(/<(\w+)>/g, '$1')
    .split(/ [#<>&]|[;)]/);
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([word, single, double]) => single ?? double ?? word,
  );
}
