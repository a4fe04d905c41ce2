/** `sync --wait` on the gateway of `npm start`: it ends when the events are delivered or parked, or when the time is over. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatewayProcess, startGatewayProcess } from '../../../support/gateway/gateway-process.ts';
import { startGatewayDouble } from '../../support/gateway-double.ts';
import { runCli } from '../../support/run-cli.ts';

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess();
}, 60_000);
afterAll(() => gateway.stop());

const rows = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      event_name: 'Purchase',
      event_id: `${prefix}-${index}`,
      event_time: Math.floor(Date.now() / 1000),
      email: 'ada@example.com',
      value: 5,
      currency: 'EUR',
    }),
  ).join('\n');

const sync = (input: string, ...args: readonly string[]) =>
  runCli(['sync', '-', ...args], { input, env: { PORT: new URL(gateway.url).port } });

test('counts every event of the run as delivered', async () => {
  const { code, stdout } = await sync(rows('good', 1200), '--wait', '--json');
  expect(JSON.parse(stdout).delivery).toEqual({
    events: 1200,
    delivered: 1200,
    parked: 0,
    unknown: 0,
    not_followed: 0,
    parked_reasons: [],
    waiting_reason: null,
  });
  expect(code).toBe(0);
}, 60_000);

test('ends with code 1 and the reason when an event is parked', async () => {
  await gateway.addFaults([{ kind: 'code', code: 40002, times: 1 }]);
  const { code, stdout, stderr } = await sync(rows('bad', 1), '--wait', '30s');
  expect(stdout).toContain(
    '0 events delivered\n1 parked (`npx --no tiktok-events dead-letters list --stage local`',
  );
  expect(stdout).toMatch(/^ +1 {2}tiktok_40002/m);
  expect(stderr).toContain('Waiting up to 30 s for the delivery of 1 event');
  expect(code).toBe(1);
}, 60_000);

test('ends with code 4 when the time is over, and says why the events wait', async () => {
  await gateway.addFaults([{ kind: 'code', code: 40100, times: 1000 }]);
  const { code, stdout } = await sync(rows('late', 2), '--wait', '3s');
  await gateway.clearFaults();
  expect(stdout).toContain('2 not known yet. ');
  expect(stdout).toContain('TikTok answered 40100');
  expect(code).toBe(4);
}, 60_000);

test('a run of which nothing is accepted waits for nothing, and a dry run refuses --wait', async () => {
  const { code, stdout } = await sync('{"event_name":"Lead"}', '--wait', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ rejected: 1, delivery: { events: 0 } });
  expect(code).toBe(1);
  expect((await sync(rows('dry', 1), '--wait', '--dry-run')).code).toBe(2);
});

test('shows the summary, and code 4, when the journal of the stage cannot be read', async () => {
  const double = await startGatewayDouble();
  const args = ['--url', double.url, '--key', 'k', '--wait'];
  const { code, stdout, stderr } = await sync(rows('blind', 1), ...args);
  await double.stop();
  expect(stdout).toContain('1 event accepted\n0 events delivered\n1 not known yet');
  expect(stderr).toContain('the journal of the stage cannot be read, so their delivery is unknown');
  expect(code).toBe(4);
});
