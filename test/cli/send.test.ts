import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldNames } from '../../lib/events/fields/table.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway/gateway-process.ts';
import { runCli } from './support/run-cli.ts';

let gateway: GatewayProcess;
let env: Record<string, string>;
const folder = mkdtempSync(join(tmpdir(), 'send-'));

beforeAll(async () => {
  gateway = await startGatewayProcess();
  const { queueUrl } = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
  env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(queueUrl).port };
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const send = (args: readonly string[], input = '') => runCli(['send', ...args], { env, input });
const lead = ['--event-name', 'Lead', '--email', 'ada@example.com'];

test('an event from flags is accepted, and its receipt is shown', async () => {
  const { code, stdout } = await send([
    ...lead,
    '--event-id',
    'f-1',
    '--value',
    '20.50',
    '--currency',
    'EUR',
    '--json',
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'accepted', event_id: 'f-1' });
});

test('every field of an event has a flag', async () => {
  const { stdout } = await send(['--help']);
  for (const field of fieldNames) expect(stdout).toContain(`--${field.replaceAll('_', '-')}`);
});

test('repeated flags make lists, objects are given as JSON', async () => {
  const { code } = await send([
    ...lead,
    '--email',
    'second@example.com',
    '--event-id',
    'f-2',
    '--contents',
    '[{"content_id":"p1","quantity":2}]',
    '--limited-data-use',
    '--wait',
  ]);
  expect(code).toBe(0);
  const sent = (await gateway.requests())
    .flatMap(({ body }) => body.data)
    .find((event) => event.event_id === 'f-2');
  expect(sent).toMatchObject({
    limited_data_use: true,
    properties: { contents: [{ content_id: 'p1', quantity: 2 }] },
  });
  expect(sent).toHaveProperty('user.email', [expect.any(String), expect.any(String)]);
});

test.each([{ from: 'a file' }, { from: 'standard input' }])(
  'an event from $from; flags overrule it',
  async ({ from }) => {
    const event = JSON.stringify({ event_name: 'Lead', email: 'ada@example.com', event_id: 'old' });
    writeFileSync(join(folder, 'event.json'), event);
    const file = from === 'a file' ? join(folder, 'event.json') : '-';
    const { stdout } = await send(['--file', file, '--event-id', 'new', '--json'], event);
    expect(JSON.parse(stdout)).toMatchObject({ event_id: 'new' });
  },
);

test('--wait follows the event until TikTok has it', async () => {
  const { code, stdout } = await send([...lead, '--event-id', 'w-1', '--wait', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).fate).toEqual({ outcome: 'delivered', certainty: 'seen' });
});

test('--wait tells the reason when the event is parked', async () => {
  await gateway.addFaults({ kind: 'poison', match: 'poison' });
  const { code, stdout } = await send([...lead, '--event-id', 'poison-1', '--wait', '--json']);
  await gateway.clearFaults();
  expect(code).toBe(1);
  expect(JSON.parse(stdout).fate).toMatchObject({ outcome: 'parked', reason: 'tiktok_40002' });
});

test('--wait that ends too early says that it is not known, with a code of its own', async () => {
  await gateway.addFaults({ kind: 'status', status: 500 });
  const { code, stdout } = await send([
    ...lead,
    '--event-id',
    'w-2',
    '--wait',
    '--wait-seconds',
    '1',
    '--json',
  ]);
  await gateway.clearFaults();
  expect(code).toBe(4);
  expect(JSON.parse(stdout).fate).toMatchObject({ outcome: 'unknown' });
});

test('send names each wrong field before it posts anything, and does not repeat the value', async () => {
  const { code, stdout } = await runCli(['send', '--event-name', 'Lead', '--email', 'no address'], {
    env: { PORT: '1' },
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/email: .*\(invalid_email\)/);
  expect(stdout).not.toContain('no address');
});

const halfUsable = [...lead, '--phone', 'none', '--event-id', 's-1'];

test('send accepts an event without a value that nobody can match, and says what was omitted', async () => {
  const { code, stdout } = await send(halfUsable);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Accepted: s-1\n {2}Warning, phone: omitted: /);
});

test('send --strict rejects such an event before it posts anything', async () => {
  const { code, stdout } = await runCli(['send', ...halfUsable, '--strict'], { env: { PORT: '1' } });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Rejected:\n {2}phone: /);
});

test('send --strict asks the gateway to be strict, where this machine does not know the destinations', async () => {
  const args = [...lead, '--phone', '12', '--url', gateway.url, '--key', 'local-api-key'];
  const lenient = await runCli(['send', ...args]);
  expect({ code: lenient.code, stdout: lenient.stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Warning, phone: omitted/),
  });
  const strict = await runCli(['send', ...args, '--strict']);
  expect(strict.code).toBe(1);
  expect(strict.stdout).toMatch(/phone: .*\(invalid_phone\)/);
});

test.each([
  { what: 'a wrong key', args: [...lead, '--key', 'wrong'], code: 3, says: /valid API key/ },
  { what: 'no gateway', args: [...lead, '--url', 'http://127.0.0.1:1'], code: 3, says: /is it running/ },
  { what: 'http to another machine', args: [...lead, '--url', 'http://example.com'], code: 2, says: /https/ },
  { what: 'a misspelled option', args: ['--event-nam', 'Lead'], code: 2, says: /Did you mean --event-name/ },
  { what: 'a file that is not there', args: ['--file', '/nonexistent'], code: 2, says: /ENOENT/ },
  {
    what: 'a deployed stage and nobody to ask',
    args: [...lead, '--url', 'https://example.com', '--key', 'k'],
    code: 2,
    says: /--yes/,
  },
])('$what ends with code $code and the remedy', async ({ args, code, says }) => {
  const run = await send(args);
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code, stderr: expect.stringMatching(says) });
});

test('the key is read from standard input with --key -', async () => {
  const { code } = await send([...lead, '--key', '-'], 'local-api-key\n');
  expect(code).toBe(0);
});

test('with --json an error is JSON too', async () => {
  const { stdout, code } = await send([...lead, '--url', 'http://127.0.0.1:1', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ error: { exit_code: code } });
});

test.each([
  { flag: ['--limited-data-use', 'false'], sent: false },
  { flag: ['--limited-data-use', 'true'], sent: true },
  { flag: ['--limited-data-use'], sent: true },
])('$flag sends $sent', async ({ flag, sent }) => {
  const id = `limited-${flag.join('-')}`;
  expect((await send([...lead, '--event-id', id, ...flag, '--wait'])).code).toBe(0);
  const events = (await gateway.requests()).flatMap(({ body }) => body.data);
  expect(events.find((event) => event.event_id === id)).toMatchObject({ limited_data_use: sent });
});

test('--limited-data-use takes no other value', async () => {
  const { code, stderr } = await send([...lead, '--limited-data-use', 'no']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('Expected true or false.') });
});

test('keys add names the sources of the gateway for a source that it does not have', async () => {
  const { code, stdout, stderr } = await runCli(['keys', 'add', '--webhook', 'shopfy', '--generate'], {
    env,
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/has no source of this name\. Did you mean shopify\? Its sources: shopify, /);
});

test.each([
  {
    fault: { kind: 'revoke_token' },
    says: /the event is held\. TikTok answered 40105.*wrong or was revoked/,
  },
  { fault: { kind: 'status', status: 503 }, says: /the event is retried\. .*HTTP 503/ },
])('--wait that ends too early says why the event waits: $says', async ({ fault, says }) => {
  await gateway.addFaults(fault);
  const id = `why-${fault.kind}`;
  const { code, stdout } = await send([...lead, '--event-id', id, '--wait', '--wait-seconds', '8']);
  await gateway.clearFaults();
  expect({ code, stdout }).toEqual({ code: 4, stdout: expect.stringMatching(says) });
});
