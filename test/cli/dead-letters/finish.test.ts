/** Dead letters are looked at, corrected and finished on a running gateway, as docs/dead-letters.md shows. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { credentials, region } from '../../../local/stage.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/gateway/gateway-process.ts';
import { runCli, spawnCli } from '../support/run-cli.ts';

let gateway: GatewayProcess;
let env: Record<string, string>;
let queueUrl: string;
let sqs: SQSClient;
const folder = mkdtempSync(join(tmpdir(), 'finish-'));

beforeAll(async () => {
  gateway = await startGatewayProcess();
  const info = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
  queueUrl = info.queueUrl;
  env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(queueUrl).port };
  sqs = new SQSClient({ region, credentials, endpoint: new URL(queueUrl).origin });
});
afterEach(async () => {
  await gateway.clearFaults();
  await cli('discard', '--all');
});
afterAll(async () => {
  sqs.destroy();
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const cli = (...args: string[]) => runCli(['dead-letters', ...args], { env });
const json = async (...args: string[]) => JSON.parse((await cli(...args, '--json')).stdout);
const letters = async () => (await gateway.queue()).deadLetters.length;
const untilParked = (count: number) => expect.poll(letters, { timeout: 15_000, interval: 50 }).toBe(count);
const produce = (event: object) =>
  sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(event) }));

interface Lines {
  readonly lines: readonly { readonly line: Readonly<Record<string, unknown>> }[];
}
const operatorLines = async (event: string) => {
  const { lines } = (await (await fetch(`${gateway.url}/_sandbox/journal?limit=100000`)).json()) as Lines;
  return lines
    .map(({ line }) => line)
    .filter((line) => /^message (replayed|discarded)$/.test(String(line.message)) && line.event === event);
};

test('a refused event is exported, corrected, sent with sync, delivered, and its letter discarded', async () => {
  const wrong = {
    event_name: 'Purchase',
    event_id: 'order-1001',
    email: 'ada@example.com',
    value: 'ten',
    currency: 'EUR',
  };
  await produce(wrong);
  await produce({ event_name: 'Purchase', event_id: 'order-1002', email: 7 });
  await untilParked(2);
  const file = join(folder, 'events.ndjson');
  const exported = await cli('export', '--reason', 'invalid_event', '--id', 'order-1001', '--output', file);
  expect(exported).toMatchObject({ code: 0, stdout: '' });
  expect(exported.stderr).toContain('1 dead letter exported');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const event = JSON.parse(readFileSync(file, 'utf8'));
  expect(event).toEqual({ ...wrong, event_time: expect.any(Number) });
  expect(await letters()).toBe(2);

  writeFileSync(file, `${JSON.stringify({ ...event, value: 10 })}\n`);
  const sent = await runCli(['sync', '-', '--json'], { env, input: readFileSync(file, 'utf8') });
  expect(sent.code).toBe(0);
  const delivered = async () =>
    (await gateway.requests()).flatMap(({ body }) => body.data.map(({ event_id }) => event_id));
  await expect.poll(delivered, { timeout: 15_000 }).toContain('order-1001');

  const command = /dead-letters (discard .*)/.exec(exported.stderr)?.[1] ?? '';
  expect(command).toMatch(/^discard --stage local --reason invalid_event --older-than \S+Z --id …$/);
  const words = command.replace('…', 'order-1001').split(' ');
  expect((await cli(...words)).stdout).toBe('1 dead letter discarded.\n');
  expect(await letters()).toBe(1);
  expect(await operatorLines(fingerprint('order-1001'))).toMatchObject([
    { message: 'message discarded', reason: 'invalid_event' },
  ]);
});

test('a letter that comes back for the same reason stays, until --again asks for it', async () => {
  await gateway.addFaults({ kind: 'poison', match: 'poisoned' });
  await gateway.post({ event_name: 'Purchase', event_id: 'poisoned-1', email: 'ada@example.com' });
  await untilParked(1);
  const first = await cli('replay');
  expect(first.stdout).toMatch(/1 of them had the reason tiktok_40002, which is about their content/);
  await untilParked(1);
  expect((await json('list')).dead_letters).toMatchObject([
    { event: fingerprint('poisoned-1'), replays: 1, replayed_at: expect.stringMatching(/Z$/) },
  ]);
  const second = await cli('replay');
  expect(second.stdout).toMatch(/^0 messages put back/);
  expect(second.stdout).toMatch(/1 message left: replayed before, last at \d{4}-\d\d-\d\d .* same reason/);
  expect(second.stdout).toMatch(
    /1 × tiktok_40002: `npx --no tiktok-events dead-letters export --stage local/,
  );
  await gateway.clearFaults();
  expect(await json('replay', '--again')).toMatchObject({ replayed: 1 });
  await untilParked(0);
  expect(await operatorLines(fingerprint('poisoned-1'))).toMatchObject([
    { message: 'message replayed', reason: 'tiktok_40002' },
    { message: 'message replayed', reason: 'tiktok_40002' },
  ]);
});

test('show says what happened to a letter, which field is wrong, and hides its values', async () => {
  await produce({
    event_name: 'Purchase',
    event_id: 'order-7',
    email: 'ada@example.com',
    value: 'ten',
    currency: 'EUR',
  });
  await untilParked(1);
  const { stdout, code } = await cli('show', 'order-7');
  expect(code).toBe(0);
  expect(stdout).toMatch(/Reason +invalid_event\. The message is no valid event/);
  expect(stdout).toMatch(/Outcome +refused: TikTok does not have the event/);
  expect(stdout).toMatch(/ {2}✗ +value +text of 3 characters +\S/);
  expect(stdout).toMatch(/ +email +text of 15 characters$/m);
  expect(stdout).toMatch(/parked: invalid_event/);
  expect(stdout).toContain('npx --no tiktok-events dead-letters export --stage local --id ');
  expect(stdout).not.toMatch(/ada@|order-7/);
  const shown = await json('show', fingerprint('order-7'), '--show-body');
  expect(shown.fields).toContainEqual(expect.objectContaining({ field: 'email', value: 'ada@example.com' }));
  expect(await json('show', shown.message_id)).toMatchObject({
    message_id: shown.message_id,
    reason: 'invalid_event',
  });
  expect(await letters()).toBe(1);
});

test('show of an id that no letter has ends with code 4', async () => {
  const { code, stderr } = await cli('show', 'order-nowhere');
  expect({ code, stderr }).toEqual({ code: 4, stderr: 'No dead letter has this id.\n' });
});

test('sync names a body that is no event, and export loses none', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'ada@example.com bought' }));
  await untilParked(1);
  const { stdout, stderr } = await cli('export');
  expect(JSON.parse(stdout)).toEqual({ undecodable: 'ada@example.com bought' });
  expect(stderr).toContain('1 of them are no events');
  const sent = await runCli(['sync', '-', '--json'], { env, input: stdout });
  expect(sent.code).toBe(1);
  expect(JSON.parse(sent.stdout)).toMatchObject({ rejected: 1 });
});

test('discard --person deletes every letter of one person, whose address is not on the command line', async () => {
  const lead = { event_name: 'Lead', value: 'x', currency: 'EUR' };
  await produce({ ...lead, event_id: 'p-1', email: ' Ada@Example.com ' });
  await produce({ ...lead, event_id: 'p-2', email: 'bada@example.com' });
  await produce({
    ...lead,
    event_id: 'p-3',
    email: 'bob@example.com',
    page_url: 'https://shop.example/?e=ada%40example.com',
  });
  await untilParked(3);
  const { stdout, stderr, code } = await runCli(['dead-letters', 'discard', '--person'], {
    env,
    input: 'ada@example.com\n',
  });
  expect({ stdout, code }).toEqual({ stdout: '2 dead letters discarded.\n', code: 0 });
  expect(stderr).not.toContain('ada@');
  expect((await json('list')).dead_letters).toMatchObject([{ event: fingerprint('p-2') }]);
});

test('an export in a process of its own writes NDJSON to standard output and all else beside it', async () => {
  await produce({ event_name: 'Lead', event_id: 'o-1', email: 7 });
  await untilParked(1);
  const { stdout, stderr, code } = await spawnCli(['dead-letters', 'export'], { env });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ event_id: 'o-1', email: 7 });
  expect(stderr).toContain('sync - --stage local < events.ndjson');
});
