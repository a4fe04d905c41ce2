import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GatewayDouble, startGatewayDouble } from '../support/gateway-double.ts';
import { runCli, spawnCli, startCli } from '../support/run-cli.ts';

let gateway: GatewayDouble;
let folder: string;
beforeEach(async () => {
  gateway = await startGatewayDouble();
  folder = mkdtempSync(join(tmpdir(), 'sync-'));
});
afterEach(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const range = (count: number, more = '') =>
  `select 'Lead' as event_name, 'u' || i || '@example.com' as email, i as seq${more} from range(${count}) t(i)`;
const sync = (args: readonly string[], input = '') =>
  runCli(['sync', '--url', gateway.url, '--json', ...args], { input, env: { XDG_STATE_HOME: folder } });
const emails = () => gateway.accepted.map(({ email }) => String(email));

test('rows go out in posts of up to 500 events, with the key', async () => {
  const { stdout, code } = await sync(['--query', range(1201), '--key', 'my-key']);
  expect(JSON.parse(stdout)).toMatchObject({ rows: 1201, accepted: 1201, rejected: 0, not_sent: 0 });
  expect(code).toBe(0);
  expect(gateway.posts()).toBe(3);
  expect(gateway.authorizations).toEqual(new Set(['Bearer my-key']));
});

test('a row gets the same id in every run, and equal rows get ids of their own', async () => {
  const query = `${range(3)} union all ${range(3)}`;
  await sync(['--query', query]);
  const first = gateway.accepted.map((event) => event.event_id).sort();
  gateway.accepted.length = 0;
  await sync(['--query', query, '--concurrency', '1']);
  expect(gateway.accepted.map((event) => event.event_id).sort()).toEqual(first);
  expect(new Set(first).size).toBe(6);
});

test('what was not queued is sent again, and nothing else', async () => {
  gateway.answer((events, post) => {
    if (post > 1) return undefined;
    const events_ = gateway
      .receipts(events)
      .map((receipt) => (receipt.index % 2 === 0 ? receipt : { ...receipt, status: 'retry' }));
    gateway.accept(events.filter((_, index) => index % 2 === 0));
    return { status: 207, body: { accepted: 5, rejected: 0, events: events_ } };
  });
  const { stdout } = await sync(['--query', range(10)]);
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 10 });
  expect(emails().sort()).toEqual(Array.from({ length: 10 }, (_, index) => `u${index}@example.com`));
});

test.each([
  { status: 429, headers: { 'retry-after': '1' } },
  { status: 503, headers: {} },
  { status: 500, headers: {} },
])('after a $status the sync waits and sends again', async ({ status, headers }) => {
  let refusedAt = 0;
  let waitedMs = 0;
  gateway.answer((_, post) => {
    if (post === 1) refusedAt = Date.now();
    else waitedMs ||= Date.now() - refusedAt;
    return post === 1 ? { status, headers: headers as Record<string, string> } : undefined;
  });
  const { stdout } = await sync(['--query', range(10)]);
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 10 });
  expect(waitedMs).toBeGreaterThanOrEqual(status === 429 ? 990 : 390);
});

test('a gateway that takes nothing is given up on, with code 3 and the count', async () => {
  gateway.answer(() => ({ status: 503 }));
  const { code, stdout } = await sync(['--query', range(10), '--give-up-after', '1s']);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    accepted: 0,
    not_sent: 10,
    not_sent_reason: 'the gateway answers 503',
  });
});

test.each([
  { answer: { status: 503 }, says: 'the gateway answers 503' },
  { answer: { status: 429 }, says: 'the gateway answers 429 (too many requests)' },
  {
    answer: { status: 503, body: { events: [{ index: 0, event_id: 'a', status: 'retry', warnings: [] }] } },
    says: 'the gateway could not queue the events',
  },
])('a sync that gives up says while it waits and at the end: $says', async ({ answer, says }) => {
  gateway.answer(() => answer);
  const args = ['sync', '--url', gateway.url, '--query', range(1), '--give-up-after', '1s'];
  const { code, stdout, stderr } = await runCli(args);
  expect(code).toBe(3);
  expect(stderr).toContain(`${says}, next try in `);
  expect(stdout).toMatch(/^1 row read in [\d.]+ s\n0 events accepted\n1 event not sent: /);
  expect(stdout).toContain(`not sent: ${says}. Run the sync again.`);
});

test('a sync without a gateway names the refused connection', async () => {
  const gone = await startGatewayDouble();
  await gone.stop();
  const args = ['sync', '--url', gone.url, '--key', 'k', '--query', range(1), '--give-up-after', '1s'];
  const { code, stdout } = await runCli(args);
  expect({ code, stdout }).toEqual({
    code: 3,
    stdout: expect.stringContaining('1 event not sent: no connection (ECONNREFUSED). Run the sync again.'),
  });
});

test('a refused key ends the sync at once, with the reason', async () => {
  gateway.answer(() => ({ status: 401, body: { detail: 'Send one valid API key' } }));
  const { code, stderr } = await sync(['--query', range(2000)]);
  expect({ code, stderr }).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('Send one valid API key'),
  });
});

test('rejected rows are kept with their errors in a private file, and the others are sent', async () => {
  const query = `${range(3)} union all select 'Lead', 'not an address', 7`;
  const { code, stdout } = await sync(['--query', query, '--rejects', file('rejects')]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    accepted: 3,
    rejected: 1,
    problems: [
      { field: 'email', code: 'no_match_key', count: 1, row: 4 },
      { field: 'email', code: 'invalid_email', count: 1, row: 4 },
    ],
  });
  const [line] = readFileSync(file('rejects'), 'utf8').trim().split('\n');
  expect(JSON.parse(line ?? '')).toMatchObject({
    row: 4,
    errors: [
      { field: 'email', code: 'no_match_key' },
      { field: 'email', code: 'invalid_email' },
    ],
    data: { email: 'not an address' },
  });
  expect(statSync(file('rejects')).mode & 0o777).toBe(0o600);
});

test('of a post that is rejected whole, every row gets its own errors', async () => {
  gateway.answer((events) => {
    const errors = events.map((_, index) => ({
      index,
      field: 'destination',
      code: 'unknown_destination',
      message: 'm',
    }));
    return { status: 422, body: { detail: 'd', errors: errors.slice(0, 20) } };
  });
  const { stdout } = await sync(['--query', range(60), '--rejects', file('rejects')]);
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 0, rejected: 60 });
  const lines = readFileSync(file('rejects'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.every(({ errors }) => errors[0].code === 'unknown_destination')).toBe(true);
});

test('a line of the pipe that is no row is rejected, and the others are sent', async () => {
  const input =
    '{"event_name":"Lead","email":"a@b.de"}\nnot json\n\n[1]\n{"event_name":"Lead","email":"c@d.de"}';
  const { stdout } = await sync([], input);
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 2, rejected: 2 });
  expect(emails()).toEqual(['a@b.de', 'c@d.de']);
});

test.each([
  ['[{"event_name":"Lead"},{"event_name":"Lead"}]', "split an array into lines, such as with jq -c '.[]'"],
  ['event_name,email\nLead,a@b.de', 'write CSV or JSON of several lines to a file'],
])('piped rows in another form are rejected with the remedy: %s', async (input, remedy) => {
  const { code, stdout } = await sync([], input);
  expect(code).toBe(1);
  expect(JSON.parse(stdout).problems[0].message).toContain(remedy);
});

test('--dry-run sends nothing, shows the first events, and counts every problem', async () => {
  const query = `${range(5)} union all select 'Lead', 'bad', 9 from range(4)`;
  const { code, stdout } = await sync(['--query', query, '--dry-run', '--preview', '2']);
  expect(code).toBe(1);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ dry_run: true, accepted: 5, rejected: 4 });
  expect(report.problems).toMatchObject([
    { code: 'no_match_key', count: 4, row: 6 },
    { code: 'invalid_email', count: 4, row: 6 },
  ]);
  expect(report.preview).toHaveLength(2);
  expect(report.preview[0]).toMatchObject({ event_name: 'Lead', email: 'u0@example.com' });
  expect(gateway.posts()).toBe(0);
});

const cursorArgs = (query: string) => ['--query', query, '--cursor', 'seq', '--state', file('state')];

test('a second run with a cursor sends only what is new', async () => {
  await sync(cursorArgs(range(100)));
  const second = await sync(cursorArgs(range(130)));
  expect(JSON.parse(second.stdout)).toMatchObject({ accepted: 30, already_sent: 1 });
  expect(new Set(emails()).size).toBe(130);
  expect(gateway.accepted).toHaveLength(130);
  expect(statSync(file('state')).mode & 0o777).toBe(0o600);
});

test('rows that arrive late with the last cursor value are sent, those sent before are not', async () => {
  const at = (count: number) => `select * replace (7 as seq) from (${range(count)})`;
  await sync(cursorArgs(at(10)));
  const second = await sync(cursorArgs(at(12)));
  expect(JSON.parse(second.stdout)).toMatchObject({ accepted: 2, already_sent: 10 });
  expect(emails().sort()).toEqual(Array.from({ length: 12 }, (_, index) => `u${index}@example.com`).sort());
});

test('rows of many parts come in the order of the cursor, from where the last run ended', {
  timeout: 120_000,
}, async () => {
  const query = (count: number) =>
    `select 'Lead' as event_name, 'id-' || i as event_id, 'a@b.de' as email, (i * 7919) % ${count} as seq from range(${count}) t(i)`;
  // In a process of its own: beside the double of the gateway, one would do all the work of both.
  const syncMany = () =>
    spawnCli(['sync', '--url', gateway.url, ...cursorArgs(query(201_000)), '--concurrency', '1']);
  const ordered = () =>
    gateway.accepted.map(({ event_id }) => (Number(String(event_id).slice(3)) * 7919) % 201_000);
  await syncMany();
  expect(ordered()).toEqual(Array.from({ length: 201_000 }, (_, index) => index));
  const state = JSON.parse(readFileSync(file('state'), 'utf8'));
  writeFileSync(file('state'), JSON.stringify({ ...state, value: '199990', settled: [] }));
  gateway.accepted.length = 0;
  await syncMany();
  expect(ordered()).toEqual(Array.from({ length: 1_010 }, (_, index) => 199_990 + index));
});

test('a row without a cursor value is rejected, not silently left out', async () => {
  const { stdout } = await sync(cursorArgs(`${range(2)} union all select 'Lead', 'x@y.de', null`));
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 2, problems: [{ code: 'empty_cursor', count: 1 }] });
});

test('a state belongs to one stage and one column', async () => {
  await sync(cursorArgs(range(1)));
  const { code } = await sync([
    '--query',
    range(1, ', i as other'),
    '--cursor',
    'other',
    '--state',
    file('state'),
  ]);
  expect(code).toBe(2);
});

test('piped rows must come in the order of the cursor, and those before the state are left out', async () => {
  const line = (seq: number) => JSON.stringify({ event_name: 'Lead', email: `u${seq}@example.com`, seq });
  const args = ['-', '--cursor', 'seq', '--state', file('state')];
  await sync(args, [1, 2, 10].map(line).join('\n'));
  const second = await sync(args, [1, 2, 10, 11].map(line).join('\n'));
  expect(JSON.parse(second.stdout)).toMatchObject({ accepted: 1, already_sent: 1 });
  expect((await sync(args, [11, 10].map(line).join('\n'))).code).toBe(2);
});

test.each([{ signal: 'SIGKILL' }, { signal: 'SIGINT' }] as const)(
  'ended by $signal and run again, every row counts once and none is missing',
  async ({ signal }) => {
    // Seven rows share each cursor value, so that most kills fall inside a group; none has an id of its own.
    const query = `select * replace (seq // 7 as seq) from (${range(6000)})`;
    const args = ['sync', '--url', gateway.url, ...cursorArgs(query), '--concurrency', '2'];
    gateway.answer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return undefined;
    });
    const { child, ended } = startCli(args);
    await expect.poll(() => gateway.accepted.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(1500);
    child.kill(signal);
    const first = await ended;
    if (signal === 'SIGINT') expect(first.code).toBe(130);
    expect(gateway.accepted.length).toBeLessThan(6000);
    const { code } = await sync(cursorArgs(query));
    expect(code).toBe(0);
    const ids = Map.groupBy(gateway.accepted, ({ event_id }) => event_id);
    expect(new Set(emails()).size).toBe(6000);
    expect(ids.size).toBe(6000);
  },
);

test('a second sync with the same state does not start beside the first', async () => {
  // The first is answered once the second has ended, however slowly that one starts.
  const secondEnded = Promise.withResolvers<undefined>();
  gateway.answer(() => secondEnded.promise);
  const first = startCli(['sync', '--url', gateway.url, ...cursorArgs(range(10))]);
  await expect.poll(() => gateway.posts(), { timeout: 20_000, interval: 5 }).toBe(1);
  const second = await sync(cursorArgs(range(10)));
  secondEnded.resolve(undefined);
  expect({ code: second.code, stderr: second.stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Another sync'),
  });
  expect((await first.ended).code).toBe(0);
});

const members = (list: readonly string[]) => list.map((email) => JSON.stringify({ email })).join('\n');
const add = (list: readonly string[]) => sync(['--mode', 'add', '--audience', 'vip', '-'], members(list));

test('mode add sends each member once, as a custom event, however often the row comes', async () => {
  await add(['a@b.de', 'A@B.de ', 'c@d.de']);
  const second = await add(['c@d.de', 'e@f.de']);
  expect(JSON.parse(second.stdout)).toMatchObject({ accepted: 1, already_added: 1 });
  expect(gateway.accepted.map(({ event_name, email }) => [event_name, email])).toEqual([
    ['vip', 'a@b.de'],
    ['vip', 'c@d.de'],
    ['vip', 'e@f.de'],
  ]);
});

test('a hashed address and the same address raw are one member', async () => {
  await add(['a@b.de']);
  const { createHash } = await import('node:crypto');
  const hashed_email = createHash('sha256').update('a@b.de').digest('hex');
  const { stdout } = await sync(
    ['--mode', 'add', '--audience', 'vip', '-'],
    JSON.stringify({ hashed_email }),
  );
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 0, already_added: 1 });
});

test('members are remembered as salted digests in a file for its owner only', async () => {
  const state = ['--state', file('members')];
  await sync(['--mode', 'add', '--audience', 'vip', ...state, '-'], members(['a@b.de']));
  const text = readFileSync(file('members'), 'utf8');
  const { createHash } = await import('node:crypto');
  expect(text).not.toContain('a@b.de');
  expect(text).not.toContain(createHash('sha256').update('a@b.de').digest('hex').slice(0, 16));
  expect(statSync(file('members')).mode & 0o777).toBe(0o600);
});

test('a member that was not accepted is not remembered', async () => {
  gateway.answer(() => ({ status: 503 }));
  const args = ['--mode', 'add', '--audience', 'vip', '--give-up-after', '1s', '-'];
  expect((await sync(args, members(['a@b.de']))).code).toBe(3);
  gateway.answer(() => undefined);
  expect(JSON.parse((await add(['a@b.de'])).stdout)).toMatchObject({ accepted: 1 });
});

test('a deployed stage is not touched without --yes where nobody can be asked', async () => {
  const { code, stderr } = await runCli(
    ['sync', '--url', 'https://gateway.example', '--key', 'k', '--query', range(1)],
    {},
  );
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
});

test('on a terminal a bar shows rows, rate and remaining time; elsewhere there is none', async () => {
  writeFileSync(file('x'), '');
  const args = ['sync', '--url', gateway.url, '--query', range(3000)];
  const watched = await spawnCli(args, { isTerminal: true });
  expect(watched.stderr).toMatch(/3,000\/3,000 rows \| [\d,]+\/s \| .* left/);
  const piped = await runCli(args);
  expect(piped.stderr).not.toContain('█');
  expect(piped.stdout).toContain('3,000 events accepted');
});
