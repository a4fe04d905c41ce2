import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GatewayDouble, startGatewayDouble } from '../support/gateway-double.ts';
import { runCli } from '../support/run-cli.ts';

let gateway: GatewayDouble;
let folder: string;
beforeEach(async () => {
  gateway = await startGatewayDouble();
  folder = mkdtempSync(join(tmpdir(), 'sync-mapping-'));
});
afterEach(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const query =
  "select 'Lead' as event_name, 'a@b.de' as \"EMAIL\", null::varchar as tel, 5 as total, 'EUR' as currency";
const sync = (mapping: string, ...args: readonly string[]) => {
  writeFileSync(file('map.yml'), mapping);
  return runCli(['sync', '--url', gateway.url, '--json', '--map', file('map.yml'), ...args]);
};

test.each([
  { mapping: 'value: totl', entry: 'value' },
  { mapping: 'event_time: unix_time(paid_at)', entry: 'event_time' },
  { mapping: 'source.when: state', entry: 'source.when' },
  { mapping: 'custom_properties:\n  channel: chanel', entry: 'custom_properties.channel' },
])(
  'a mapping whose $entry names no column is refused before anything is sent',
  async ({ mapping, entry }) => {
    for (const args of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = await sync(mapping, '--query', query, ...args);
      expect(code).toBe(2);
      expect(stdout + stderr).toContain(`name no column of the query: ${entry}.`);
    }
    expect(gateway.posts()).toBe(0);
  },
);

test.each([
  'value: total',
  'value: totl || total',
  "value: '`7`'",
  'phone: tel',
  'email: email',
  "description: join('-', [EMAIL, missing || 'none'])",
  'content_name: keys(@)[0]',
])('a mapping that names a column, or none at all, is applied: %s', async (mapping) => {
  const { code, stderr } = await sync(mapping, '--query', query);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(gateway.accepted).toHaveLength(1);
});

test.each([
  { mapping: 'value: minor_units(amount, currency)', named: 'value (amount)' },
  { mapping: 'custom_properties:\n  note: total || remark', named: 'custom_properties.note (remark)' },
])(
  'a column that an entry names and the query does not give is noted: $named',
  async ({ mapping, named }) => {
    for (const args of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = await sync(mapping, '--query', query, ...args);
      expect(code).toBe(0);
      expect(stderr).toContain(`does not give all columns that these entries name: ${named}.`);
      expect(JSON.parse(stdout)).toMatchObject({ rows: 1 });
    }
  },
);

test('nothing is noted of a mapping whose columns the query gives', async () => {
  const { stderr } = await sync('value: minor_units(total, currency)', '--query', query);
  expect(stderr).not.toContain('does not give');
});

test('piped rows can have columns that the first one lacks, so their mapping is not refused', async () => {
  writeFileSync(file('map.yml'), 'value: total');
  const rows = [
    { event_name: 'Lead', email: 'a@b.de' },
    { event_name: 'Lead', email: 'c@d.de', total: 5, currency: 'EUR' },
  ];
  const { code } = await runCli(['sync', '--url', gateway.url, '--map', file('map.yml'), '-'], {
    input: rows.map((row) => JSON.stringify(row)).join('\n'),
  });
  expect(code).toBe(0);
  expect(gateway.accepted).toMatchObject([{}, { value: 5 }]);
});

test('a value that a mapping cannot read is counted as an omission, and is an error with --strict', async () => {
  const rows = "select 'Lead' as event_name, 'a@b.de' as email, '1.999,00' as cents, 'EUR' as currency";
  const mapping = 'value: minor_units(cents, currency)';
  const lenient = await sync(mapping, '--query', rows);
  expect(lenient.code).toBe(0);
  expect(JSON.parse(lenient.stdout)).toMatchObject({
    accepted: 1,
    omissions: [{ field: 'value', code: 'unreadable', count: 1, row: 1 }],
  });
  const preview = await sync(mapping, '--query', rows, '--dry-run');
  expect(JSON.parse(preview.stdout).omissions).toMatchObject([{ field: 'value', code: 'unreadable' }]);
  const strict = await sync(mapping, '--query', rows, '--strict');
  expect(strict.code).toBe(1);
  expect(JSON.parse(strict.stdout)).toMatchObject({
    accepted: 0,
    problems: [{ field: 'value', code: 'unreadable', count: 1 }],
  });
});

test('a mapping that cannot read a time rejects the row, and the cursor stays before it', async () => {
  const rows = "select 'Lead' as event_name, 'a@b.de' as email, 'last week' as ts, 7 as seq";
  const { code, stdout } = await sync(
    'event_time: unix_time(ts)',
    '--query',
    rows,
    '--cursor',
    'seq',
    '--state',
    file('state'),
  );
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    accepted: 0,
    rejected: 1,
    cursor_blocked: 1,
    problems: [{ field: 'event_time', code: 'invalid_time' }],
  });
});
