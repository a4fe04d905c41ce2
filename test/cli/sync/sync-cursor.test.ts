import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GatewayDouble, startGatewayDouble } from '../support/gateway-double.ts';
import { runCli, startCli } from '../support/run-cli.ts';

let gateway: GatewayDouble;
let folder: string;
beforeEach(async () => {
  gateway = await startGatewayDouble();
  folder = mkdtempSync(join(tmpdir(), 'sync-cursor-'));
});
afterEach(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const run = async (args: readonly string[], input = '') => {
  const { code, stdout, stderr } = await runCli(['sync', '--url', gateway.url, '--json', ...args], { input });
  return { code, stderr, report: JSON.parse(stdout) };
};
const state = () => JSON.parse(readFileSync(file('state'), 'utf8'));
const writeState = (value: string, settled: readonly string[] = [], column = 'updated_at') =>
  writeFileSync(file('state'), JSON.stringify({ version: 1, target: gateway.url, column, value, settled }), {
    mode: 0o600,
  });
const ids = () => gateway.accepted.map(({ event_id }) => event_id);

const csvRow = (id: string, updatedAt: string) => `Purchase,${id},${id}@example.com,1,EUR,${updatedAt}`;
const writeCsv = (...rows: readonly string[]) =>
  writeFileSync(
    file('orders.csv'),
    ['event_name,event_id,email,value,currency,updated_at', ...rows].join('\n'),
  );
const csvArgs = () => [
  '--query',
  `select * from '${file('orders.csv')}'`,
  '--cursor',
  'updated_at',
  '--state',
  file('state'),
];
const piped = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n');

test('a row dated 9999 is sent once, blocks the cursor loudly, and the next run reads later rows', async () => {
  writeCsv(csvRow('a', '2026-11-20 10:00:00'), csvRow('z', '9999-12-31 00:00:00'));
  const first = await run(csvArgs());
  expect(first.code).toBe(1);
  expect(first.report).toMatchObject({
    accepted: 2,
    rejected: 0,
    cursor_blocked: 1,
    problems: [{ field: 'updated_at', code: 'cursor_in_future', count: 1, row: 2 }],
  });
  expect(JSON.stringify(first)).not.toContain('9999');
  expect(state().value).toBe('2026-11-20 10:00:00');

  writeCsv(
    csvRow('a', '2026-11-20 10:00:00'),
    csvRow('b', '2026-11-21 10:00:00'),
    csvRow('z', '9999-12-31 00:00:00'),
    csvRow('c', '2026-11-22 10:00:00'),
  );
  const second = await run(csvArgs());
  expect(second.code).toBe(1);
  expect(second.report).toMatchObject({ accepted: 2, already_sent: 2, cursor_blocked: 1 });
  expect(ids()).toEqual(['a', 'z', 'b', 'c']);
  expect(state().value).toBe('2026-11-22 10:00:00');
});

test('the text of the report says which row and column block the cursor', async () => {
  writeCsv(csvRow('a', '2026-11-20 10:00:00'), csvRow('z', '9999-12-31 00:00:00'));
  const { stdout, code } = await runCli(['sync', '--url', gateway.url, ...csvArgs()]);
  expect(code).toBe(1);
  expect(stdout).toContain('1 row blocks the cursor');
  expect(stdout).toMatch(/1 {2}row 2 {2}updated_at {2}cursor_in_future/);
});

test.each([
  { kind: 'timestamps with a zone', sound: '2026-11-20T10:00:00+02:00', late: '9999-12-31T00:00:00+02:00' },
  { kind: 'dates', sound: '2026-11-20', late: '9999-12-31' },
  { kind: 'Unix seconds', sound: '1795000000', late: '253402300799' },
  { kind: 'Unix milliseconds', sound: '1795000000000', late: '253402300799000' },
  { kind: 'calendar numbers', sound: '20261120', late: '99991231' },
])('a cursor of $kind does not pass now', async ({ sound, late }) => {
  writeCsv(csvRow('a', sound), csvRow('z', late));
  expect((await run(csvArgs())).report).toMatchObject({ accepted: 2, cursor_blocked: 1 });
  writeCsv(csvRow('a', sound), csvRow('z', late), csvRow('b', sound));
  expect((await run(csvArgs())).report).toMatchObject({ accepted: 1, already_sent: 2 });
});

test('a cursor of ids has no now, however great the ids are', async () => {
  const query = (id: string) =>
    `select 'Lead' as event_name, 'a@b.de' as email, unnest([1, 99991231, 253402300799, ${id}]) as order_id`;
  const args = (id: string) => ['--query', query(id), '--cursor', 'order_id', '--state', file('state')];
  expect(await run(args('253402300800'))).toMatchObject({ code: 0, report: { accepted: 4 } });
  expect(state().value).toBe('253402300800');
});

test('piped rows later than now block the cursor too', async () => {
  const row = (id: string, at: string) => ({ event_name: 'Lead', event_id: id, email: 'a@b.de', at });
  const args = ['-', '--cursor', 'at', '--state', file('state')];
  const [a, b, z] = [
    row('a', '2026-11-20T10:00:00Z'),
    row('b', '2026-11-21T10:00:00Z'),
    row('z', '9999-01-01'),
  ];
  expect(await run(args, piped([a, z]))).toMatchObject({
    code: 1,
    report: { accepted: 2, cursor_blocked: 1 },
  });
  expect(await run(args, piped([a, b, z]))).toMatchObject({ report: { accepted: 1, already_sent: 2 } });
  expect(ids()).toEqual(['a', 'z', 'b']);
});

test('when every row is later than now, the state remembers them without a value', async () => {
  writeCsv(csvRow('y', '9999-12-31'), csvRow('z', '9999-12-31'));
  await run(csvArgs());
  expect(state()).not.toHaveProperty('value');
  writeCsv(csvRow('a', '2026-11-20'), csvRow('y', '9999-12-31'), csvRow('z', '9999-12-31'));
  expect((await run(csvArgs())).report).toMatchObject({ accepted: 1, already_sent: 2 });
  expect(state().value).toMatch(/^2026-11-20/);
});

test('a local time that is later than now in UTC is sound in its own zone', async () => {
  const tokyo = new Date(Date.now() + 8.9 * 3_600_000).toISOString().slice(0, 19);
  writeCsv(csvRow('a', tokyo));
  expect(await run(csvArgs())).toMatchObject({ code: 1, report: { accepted: 1, cursor_blocked: 1 } });
  rmSync(file('state'));
  expect(await run([...csvArgs(), '--timezone', 'Asia/Tokyo'])).toMatchObject({
    code: 0,
    report: { accepted: 1, cursor_blocked: 0 },
  });
});

test('a dry run shows a row that blocks the cursor, and writes no state', async () => {
  writeCsv(csvRow('a', '2026-11-20'), csvRow('z', '9999-12-31'));
  const { code, report } = await run([...csvArgs(), '--dry-run']);
  expect({ code, report }).toMatchObject({
    code: 1,
    report: { accepted: 2, cursor_blocked: 1, problems: [{ code: 'cursor_in_future', row: 2 }] },
  });
  expect(existsSync(file('state'))).toBe(false);
});

test('a state that is later than now is refused with the remedy, and is left as it is', async () => {
  writeCsv(csvRow('a', '2026-11-20 10:00:00'));
  writeState('9999-12-31 00:00:00');
  const before = readFileSync(file('state'), 'utf8');
  const { code, stderr } = await runCli(['sync', '--url', gateway.url, ...csvArgs()]);
  expect(code).toBe(2);
  expect(stderr).toContain('later than now');
  expect(stderr).toContain('--from');
  expect(stderr).not.toContain('9999');
  expect(readFileSync(file('state'), 'utf8')).toBe(before);
  expect(gateway.posts()).toBe(0);
});

test('--from starts again before a state that is later than now, and sends its rows no second time', async () => {
  writeCsv(csvRow('old', '2026-11-19 10:00:00'), csvRow('z', '9999-12-31 00:00:00'));
  await run(csvArgs());
  const { ahead } = state();
  writeState('9999-12-31 00:00:00', ahead);
  gateway.accepted.length = 0;
  writeCsv(
    csvRow('old', '2026-11-19 10:00:00'),
    csvRow('new', '2026-11-20 10:00:00'),
    csvRow('z', '9999-12-31 00:00:00'),
  );
  await run([...csvArgs(), '--from', '2026-11-20']);
  expect(ids()).toEqual(['new']);
  expect(state().value).toBe('2026-11-20 10:00:00');
});

test('--from is refused beside a sound state, without a cursor, and later than now', async () => {
  writeCsv(csvRow('a', '2026-11-20 10:00:00'));
  const refusal = async (args: readonly string[]) => {
    const { code, stderr } = await runCli(['sync', '--url', gateway.url, ...args]);
    return `${code} ${stderr}`;
  };
  expect(await refusal([...csvArgs(), '--from', '9999-01-01'])).toMatch(/^2 .*--from is later than now/);
  expect(await refusal(['--query', 'select 1', '--from', '1'])).toMatch(/^2 .*--cursor/);
  await run(csvArgs());
  expect(await refusal([...csvArgs(), '--from', '2026-11-01'])).toMatch(/^2 .*leave --from out/);
});

const orders = (third: string) =>
  `select 'Lead' as event_name, 'id-' || seq as event_id, 'a@b.de' as email, seq, case when seq = 3 then ${third} else epoch(now() - interval '1 hour')::bigint::varchar end as event_time from range(1, 7) t(seq)`;
const orderArgs = (third: string) => ['--query', orders(third), '--cursor', 'seq', '--state', file('state')];

test.each([
  { why: 'in the future', third: "'2099-01-01T00:00:00Z'", code: 'in_future' },
  { why: 'unreadable', third: "'last week'", code: 'invalid_time' },
])(
  'the cursor stays before a row whose time is $why, and the next run sends it when it is right',
  async ({ third, code }) => {
    const first = await run(orderArgs(third));
    expect(first).toMatchObject({
      code: 1,
      report: {
        accepted: 5,
        rejected: 1,
        cursor_blocked: 1,
        problems: [{ field: 'event_time', code, row: 3 }],
      },
    });
    expect(state().value).toBe('2');
    const again = await run(orderArgs(third));
    expect(again.report).toMatchObject({ accepted: 0, rejected: 1, cursor_blocked: 1, already_sent: 4 });

    const fixed = await run(orderArgs("epoch(now() - interval '1 hour')::bigint::varchar"));
    expect(fixed).toMatchObject({ code: 0, report: { accepted: 1, rejected: 0, cursor_blocked: 0 } });
    expect(ids()).toEqual(['id-1', 'id-2', 'id-4', 'id-5', 'id-6', 'id-3']);
    expect(state()).toMatchObject({ value: '6', ahead: [] });
  },
);

test('a row that is too old is settled for ever', async () => {
  expect(await run(orderArgs("'2020-01-01T00:00:00Z'"))).toMatchObject({
    code: 1,
    report: { accepted: 5, rejected: 1, cursor_blocked: 0, problems: [{ code: 'too_old' }] },
  });
  expect(state().value).toBe('6');
});

test('a row whose time the gateway rejects blocks the cursor, too', async () => {
  gateway.answer((events) => ({
    status: 207,
    body: {
      accepted: 2,
      rejected: 1,
      events: gateway.receipts(events).map((receipt) =>
        receipt.index === 1
          ? {
              index: 1,
              status: 'rejected',
              errors: [{ field: 'event_time', code: 'in_future', message: 'm' }],
            }
          : receipt,
      ),
    },
  }));
  const query = `select 'Lead' as event_name, 'id-' || seq as event_id, 'a@b.de' as email, seq from range(1, 4) t(seq)`;
  const args = ['--query', query, '--cursor', 'seq', '--state', file('state')];
  expect(await run(args)).toMatchObject({ code: 1, report: { accepted: 2, cursor_blocked: 1 } });
  expect(state().value).toBe('1');
  gateway.answer(() => undefined);
  expect(await run(args)).toMatchObject({ code: 0, report: { accepted: 1, already_sent: 2 } });
  expect(ids()).toEqual(['id-2']);
});

test('killed behind a row that blocks the cursor and run again, every row counts once', async () => {
  const query = `select 'Lead' as event_name, 'u' || i || '@example.com' as email, i // 7 as seq, case when i = 100 then 'never' end as event_time from range(6000) t(i)`;
  const args = ['--query', query, '--cursor', 'seq', '--state', file('state')];
  gateway.answer(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return undefined;
  });
  const { child, ended } = startCli(['sync', '--url', gateway.url, ...args, '--concurrency', '2']);
  await expect.poll(() => gateway.accepted.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(1500);
  child.kill('SIGKILL');
  await ended;
  expect((await run(args)).report).toMatchObject({ rejected: 1, cursor_blocked: 1 });
  expect(new Set(gateway.accepted.map(({ email }) => email)).size).toBe(5999);
  expect(new Set(ids()).size).toBe(5999);
  expect((await run(args)).report).toMatchObject({ accepted: 0, cursor_blocked: 1 });
});
