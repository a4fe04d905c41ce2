/** `npm start` with TIKTOK_API_URL: its sandbox sees nothing, and the commands do not pretend that it did. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessToken, advertisers, oauthApp, pixelCode } from '../../local/stage.ts';
import { startSandbox } from '../../local/tiktok-sandbox/sandbox.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway/gateway-process.ts';
import { runCli } from './support/run-cli.ts';

let tiktok: Awaited<ReturnType<typeof startSandbox>>;
let gateway: GatewayProcess;
let env: Record<string, string>;
const delivered: string[] = [];

beforeAll(async () => {
  tiktok = await startSandbox({
    tokens: [accessToken],
    pixels: [pixelCode],
    apps: [oauthApp],
    advertisers,
    onAccepted: (_, events) => delivered.push(...events.map(({ event_id }) => String(event_id))),
  });
  gateway = await startGatewayProcess({ TIKTOK_API_URL: tiktok.url });
  const { queueUrl } = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
  env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(queueUrl).port };
});
afterAll(async () => {
  await gateway.stop();
  await tiktok.stop();
});

test('send --wait infers delivery when the queue is empty', async () => {
  const event = ['--event-name', 'Lead', '--email', 'ada@example.com', '--event-id', 'o-1'];
  const { code, stdout } = await runCli(['send', ...event, '--wait', '--json'], { env });
  expect(code).toBe(0);
  expect(JSON.parse(stdout).fate).toEqual({ outcome: 'delivered', certainty: 'inferred' });
  expect(delivered).toEqual(['o-1']);
});

test('send --wait still finds what was parked', async () => {
  tiktok.faults.add([{ kind: 'poison', match: 'poison', index: true, code: 40002, on: 'track' }]);
  const event = ['--event-name', 'Lead', '--email', 'ada@example.com', '--event-id', 'poison-1'];
  const { code, stdout } = await runCli(['send', ...event, '--wait', '--json'], { env });
  expect(code).toBe(1);
  expect(JSON.parse(stdout).fate).toMatchObject({ outcome: 'parked', reason: 'tiktok_40002' });
});

test('doctor checks the token there, and says where deliveries are to be seen', async () => {
  const { stdout } = await runCli(['doctor'], { env });
  expect(stdout).toContain(
    'npm start sends to TIKTOK_API_URL, not to its sandbox: look there for what came.',
  );
  expect(stdout).toContain('token default: TikTok accepts the token');
});
