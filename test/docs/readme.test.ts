/** The README's first event, pasted as it stands (only the address is that of the test's gateway). */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';

const run = promisify(execFile);
let gateway: GatewayProcess;
let readme: string;
beforeAll(async () => {
  gateway = await startGatewayProcess();
  readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
});
afterAll(async () => {
  await gateway.stop();
});

const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1] ?? '',
  );
const paste = async (command: string): Promise<unknown> => {
  const { stdout } = await run('bash', ['-c', command.replaceAll('http://127.0.0.1:3000', gateway.url)]);
  return JSON.parse(stdout);
};

it('posts the event and shows where the delivered request can be seen', async () => {
  const [post = '', look = ''] = blocks('sh').filter((block) => block.startsWith('curl'));
  const [answer = ''] = blocks('json');
  expect(await paste(post)).toEqual(JSON.parse(answer));

  const seen = await eventually(
    () => paste(look) as Promise<{ requests: { code: number; body: { data: { event_id: string }[] } }[] }>,
    ({ requests }) => requests.length > 0,
  );
  expect(seen.requests[0]).toMatchObject({ code: 0, body: { data: [{ event_id: 'order-1001' }] } });
});

it('shows an example event that the gateway accepts', async () => {
  const example = blocks('json')[1] ?? '';
  const today = { ...(JSON.parse(example) as object), event_time: new Date().toISOString() };
  const answer = await gateway.post(today);
  expect(await answer.json()).toMatchObject({ accepted: 1, events: [{ warnings: [] }] });
});
