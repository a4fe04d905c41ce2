/** The README's first event works when you paste it; only the address is that of the test's gateway. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../cli/support/run-cli.ts';
import { eventually } from '../support/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway/gateway-process.ts';
import { fencedBlocks, readPage } from './pages.ts';

const run = promisify(execFile);
let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess();
});
afterAll(async () => {
  await gateway.stop();
});

const blocks = (language: string): string[] => fencedBlocks(readPage('README.md'), language);
const paste = async (command: string): Promise<unknown> => {
  const { stdout } = await run('bash', ['-c', command.replaceAll('http://127.0.0.1:3000', gateway.url)]);
  return JSON.parse(stdout);
};

test('the first event is accepted and delivered with the commands of the README', async () => {
  const [post = '', look = ''] = blocks('sh').filter((block) => block.startsWith('curl'));
  const [answer = ''] = blocks('json');
  expect(await paste(post)).toEqual(JSON.parse(answer));

  const seen = await eventually(
    () => paste(look) as Promise<{ requests: { code: number; body: { data: { event_id: string }[] } }[] }>,
    ({ requests }) => requests.length > 0,
  );
  expect(seen.requests[0]).toMatchObject({ code: 0, body: { data: [{ event_id: 'order-1001' }] } });
});

test('the story of the first event has the steps that the README shows', async () => {
  const [, command = '', shown = ''] =
    /^\$ npx --no tiktok-events (.+)\n([\s\S]+?)^```/m.exec(readPage('README.md')) ?? [];
  const env = { PORT: new URL(gateway.url).port, TZ: 'UTC' };
  const { code, stdout } = await runCli(command.split(' '), { env });
  expect(code).toBe(0);
  expect(withoutChance(stdout)).toEqual(withoutChance(shown));
});

/** Times, ids and durations differ in each run. */
const withoutChance = (story: string): string[] =>
  story
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .replace(/(?<=trace |TikTok request )\S+/, '…')
        .replaceAll(/[A-Z][a-z]{2} \d.*\)|\d+[.:]?[\d:]* ?m?s?/g, '…'),
    );

test('the gateway accepts the example event of the README without a warning', async () => {
  const example = blocks('json')[1] ?? '';
  const today = { ...(JSON.parse(example) as object), event_time: new Date().toISOString() };
  const answer = await gateway.post(today);
  expect(await answer.json()).toMatchObject({ accepted: 1, events: [{ warnings: [] }] });
});
