/** `events find` and `events tail` on the gateway of `npm start`: real posts, a real queue and the sandbox. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { eventually } from '../../support/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/gateway/gateway-process.ts';
import { runCli, startCli } from '../support/run-cli.ts';

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess();
}, 60_000);
afterAll(() => gateway.stop());

const env = () => ({ PORT: new URL(gateway.url).port });
const find = (...words: string[]) => runCli(['events', 'find', ...words], { env: env() });
const event = (id: string, fields: object = {}) => ({
  event_name: 'Purchase',
  event_id: id,
  event_time: Math.floor(Date.now() / 1000),
  email: 'ada@example.com',
  value: 20,
  currency: 'USD',
  ...fields,
});
const titlesOf = async (id: string): Promise<string[]> => {
  const { stdout } = await find(id, '--json');
  const events: { steps: { title: string }[] }[] = JSON.parse(stdout).events ?? [];
  return events.flatMap(({ steps }) => steps.map(({ title }) => title));
};

test('promise 13: tells the story of a delivered event by its id and by the number of its order', async () => {
  await gateway.post(event('event-1', { order_id: '1001' }));
  await eventually(async () => (await titlesOf('event-1')).includes('delivered'));
  expect(await titlesOf('#1001')).toEqual(['accepted and queued by the API', 'delivered']);
  const { code, stdout } = await find('1001');
  expect(code).toBe(0);
  expect(stdout).toContain(`Purchase ${fingerprint('event-1')}, from api: delivered`);
  expect(stdout).not.toContain('ada@');
}, 60_000);

test('tells why an event was refused and parked, and why a post was rejected', async () => {
  await gateway.addFaults([{ kind: 'code', code: 40002, times: 1 }]);
  await gateway.post(event('event-2'));
  await eventually(async () => (await titlesOf('event-2')).includes('parked as a dead letter: 40002'));
  expect(await titlesOf('event-2')).toContain('TikTok refused the event: 40002');
  await gateway.post(event('event-3', { hashed_phone: 'x' }));
  expect(await titlesOf('event-3')).toEqual(['rejected by the API: hashed_phone:invalid_digest']);
}, 60_000);

test('finds a rejected event that has no id by its order and by the trace of its post', async () => {
  const { event_id: _, ...noId } = event('', { order_id: '#1002', hashed_phone: 'x' });
  const response = await gateway.post({ events: [event('event-4'), noId] });
  const rejected = 'rejected by the API: hashed_phone:invalid_digest';
  expect(await titlesOf('1002')).toEqual([rejected]);
  const trace = response.headers.get('apigw-requestid') ?? '';
  expect(await titlesOf(trace)).toEqual(expect.arrayContaining(['accepted and queued by the API', rejected]));
  const refused = await fetch(`${gateway.url}/v1/events`, { method: 'POST', body: '{}' });
  expect(await titlesOf(refused.headers.get('apigw-requestid') ?? '')).toEqual([
    'rejected by the API: unauthorized',
  ]);
}, 60_000);

test('exits with 4 for an id that was never sent', async () => {
  const { code, stderr } = await find('never-sent');
  expect(code).toBe(4);
  expect(stderr).toContain('the memory of the gateway');
});

test('follows the gateway through its end and says that the connection is lost', async () => {
  const { child, output, ended } = startCli(['events', 'tail', '--since', '1h'], { env: env() });
  await eventually(() => /delivered +Purchase/.test(output.stdout));
  await gateway.stop();
  await eventually(() => output.stderr.includes('Connection lost: the local gateway does not answer.'));
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
}, 60_000);
