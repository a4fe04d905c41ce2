/** A dry run shows what becomes of each column, and `--exclude` leaves a column out. */
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
  folder = mkdtempSync(join(tmpdir(), 'sync-columns-'));
  writeFileSync(file('orders.csv'), orders);
  writeFileSync(file('map.yml'), mapping);
});
afterEach(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const orders = `email,STATE,order_total,sku,paid_at
ada@example.com,paid,49.9,x1,2026-11-26T09:15
bob@example.com,open,12,,2026-11-26T09:20
cy@example.com,,5,,2026-11-26T09:25
dee@example.com,,5,,2026-11-26T09:30
`;
const mapping = `event_name: "'Lead'"\nvalue: order_total\ncustom_properties:\n  amount: order_total\ncurrency: "'EUR'"\n`;
const file = (name: string) => join(folder, name);
const query = (name = 'orders.csv') => `select * from '${file(name)}'`;
const sync = (...args: readonly string[]) => runCli(['sync', '--url', gateway.url, ...args]);
const mapped = () => ['--query', query(), '--map', file('map.yml')];
const columnsOf = (stdout: string) => JSON.parse(stdout).columns;

test('a dry run lists each column with the fields that it fills, how it was chosen, and how often it has a value', async () => {
  const { stdout } = await sync(...mapped(), '--cursor', 'paid_at', '--state', file('s'), '-n', '--json');
  expect(columnsOf(stdout)).toEqual([
    { column: 'email', entries: [], field_by_name: 'email', is_cursor: false, filled: 1 },
    { column: 'STATE', entries: [], field_by_name: 'state', is_cursor: false, filled: 0.5 },
    {
      column: 'order_total',
      entries: ['value', 'custom_properties.amount'],
      field_by_name: null,
      is_cursor: false,
      filled: 1,
    },
    { column: 'sku', entries: [], field_by_name: null, is_cursor: false, filled: 0.25 },
    { column: 'paid_at', entries: [], field_by_name: null, is_cursor: true, filled: 1 },
  ]);
});

test('a dry run names the columns that are used only because of their name, and how to leave one out', async () => {
  const { stdout } = await sync(...mapped(), '--dry-run');
  expect(stdout).toMatch(/^STATE +50 % +→ state \(by its name\)$/m);
  expect(stdout).toMatch(/^sku +25 % +not used$/m);
  expect(stdout).toContain(
    'Used by their name: email, STATE. If one means something else, add --exclude COLUMN.',
  );
});

test('a dry run says that a column which the mapping reads also fills the field of its name', async () => {
  writeFileSync(file('map.yml'), `${mapping}source.when: STATE == 'paid'\n`);
  const { stdout } = await sync(...mapped(), '--dry-run');
  expect(stdout).toMatch(/^STATE +50 % +→ source\.when, state \(by its name\)$/m);
  expect(stdout).toContain('Used by their name: email, STATE.');
});

test('a column that --exclude names does not fill the field of its name', async () => {
  const { stdout } = await sync(...mapped(), '--exclude', 'state', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 4 });
  for (const event of gateway.accepted) expect(event).not.toHaveProperty('state');
});

test('a mapping can read a column that --exclude names', async () => {
  writeFileSync(file('map.yml'), `${mapping}source.when: STATE == 'paid'\ncontent_name: STATE\n`);
  const { stdout } = await sync(...mapped(), '-x', 'STATE', '-x', 'email', '--dry-run');
  expect(stdout).toMatch(/^STATE +50 % +→ source\.when, content_name$/m);
  expect(stdout).toMatch(/^email +100 % +not used$/m);
});

test('a column that is excluded in rows of a pipe is not sent', async () => {
  const row = { event_name: 'Lead', email: 'a@b.de', state: 'paid' };
  const { code } = await runCli(['sync', '--url', gateway.url, '-', '--exclude', 'state'], {
    input: JSON.stringify(row),
  });
  expect(code).toBe(0);
  expect(gateway.accepted).toMatchObject([{ email: 'a@b.de' }]);
  expect(gateway.accepted[0]).not.toHaveProperty('state');
});

test('a name in --exclude that no field has is refused before anything is sent', async () => {
  const { code, stderr } = await sync(...mapped(), '--exclude', 'satte');
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--exclude satte: no event field has this name'),
  });
  expect(gateway.posts()).toBe(0);
});

test('promise 5: the cells of a file without a header are not shown as names of columns', async () => {
  writeFileSync(file('plain.csv'), 'ada@example.com,Jane Doe\nbob@example.com,John Roe\n');
  const plain = `select * from read_csv('${file('plain.csv')}', header = true)`;
  const { stdout } = await sync('--query', plain, '--dry-run', '--json');
  expect(columnsOf(stdout)).toMatchObject([
    { column: 'column 1 of the row', entries: [] },
    { column: 'column 2 of the row', entries: [] },
  ]);
});
