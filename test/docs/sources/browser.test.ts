/** The commands of the guide of the browser under "Check it" do what the guide says, against the gateway of this machine. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCommand } from '../../cli/support/check-command.ts';
import { runCli } from '../../cli/support/run-cli.ts';
import { eventually } from '../../support/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/gateway/gateway-process.ts';
import { fencedBlocks, readPage } from '../pages.ts';

const run = promisify(execFile);
const [, section = ''] = /^## Check it\n([\s\S]*?)^## /m.exec(readPage('docs/sources/browser.md')) ?? [];
const commands = fencedBlocks(section, 'sh').flatMap((block) => block.trim().split('\n'));
const local = (name: string): string[] | undefined =>
  commands
    .map((command) => command.split(' ').slice(3))
    .find((words) => words[0] === name && !words.includes('--stage'));

let gateway: GatewayProcess;
let env: Record<string, string>;
beforeAll(async () => {
  gateway = await startGatewayProcess({ LOCAL_API_KEY: '', TIKTOK_API_URL: '' });
  const info = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
  env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(info.queueUrl).port };
});
afterAll(async () => {
  await gateway.stop();
});

test.each(['doctor', 'verify'])('%s prints a line for the script and one for the cookies', async (name) => {
  const { code, stdout } = await runCli(local(name) ?? [], { env });
  expect(code).toBe(0);
  expect(stdout).toContain(`${gateway.url}/v1/browser.js is served.`);
  expect(stdout).toContain(`A landing on ${gateway.url} gets its cookies.`);
});

test('the event of the curl command is delivered, and its story says so', async () => {
  const curl = commands.find((command) => command.startsWith('curl')) ?? '';
  const { stdout } = await run('bash', ['-c', curl.replaceAll('http://127.0.0.1:3000', gateway.url)]);
  expect(stdout).toBe('');
  const find = local('events') ?? [];
  expect(find.slice(0, 2)).toEqual(['events', 'find']);
  const story = await eventually(
    async () => (await runCli(find, { env })).stdout,
    (text) => text.includes('delivered'),
  );
  expect(story).toMatch(/^ViewContent [0-9a-f]+, from collect: delivered/);
});

test('the commands for a deployed stage are commands', async () => {
  const deployed = commands.filter((command) => command.includes('--stage prod'));
  expect(deployed).toHaveLength(3);
  for (const command of deployed) await checkCommand(command.replace('npx --no tiktok-events ', ''));
});
