import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CliError } from '../../../cli/errors/cli-error.ts';
import { explainError } from '../../../cli/errors/explain-error.ts';
import { unusedColumns } from '../../../cli/sync/events/unused-columns.ts';
import { duckdbRows } from '../../../cli/sync/rows/duckdb/rows.ts';
import { postgresRows } from '../../../cli/sync/rows/postgres/rows.ts';
import type { RowSource } from '../../../lib/rows/source-row.ts';
import { runCli } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'sync-faults-'));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const people = file('people.csv', 'email,born\njane.canary@example.com,x\n');
const headerless = file('headerless.csv', 'jane.canary@example.com,Canary,Doe\njoe@example.com,Joe,Roe\n');
const late = file('late.csv', `email,n\n${'u@example.com,1\n'.repeat(30_000)}u@example.com,canary\n`);
const quote = file('quote.csv', 'a,b\n1,2\n"canary,3\n4,5\n');
const broken = file('broken.json', '{"a":1}\n{"a":canary}\n');
const twice = file('twice.json', '{"a":1,"a":"canary"}\n');

let database: PGLiteSocketServer;
let postgres: string;
beforeAll(async () => {
  const db = await PGlite.create();
  await db.exec(
    "create table people (email text, canary int); insert into people values ('jane.canary@example.com', 1)",
  );
  database = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1' });
  const listening = new Promise<{ port: number }>((resolve) => {
    database.addEventListener('listening', (event) => resolve((event as CustomEvent).detail));
  });
  await database.start();
  postgres = `postgres://postgres:postgres@127.0.0.1:${(await listening).port}/postgres`;
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true });
});

async function faultOf(source: RowSource): Promise<string> {
  try {
    for await (const _ of source.chunks(new AbortController().signal));
    return 'no error';
  } catch (error) {
    expect(error).toBeInstanceOf(CliError);
    return error instanceof Error ? error.message : '';
  }
}

const duckdb = (query: string, cursor?: { column: string; from: string }) =>
  duckdbRows({ query, timeZone: 'UTC', cursor, allowExtensions: false });

test.each([
  { query: `select cast(email as integer) from '${people}'`, says: 'a value cannot become INT32' },
  { query: `select cast(email as date) from '${people}'`, says: 'a value cannot become' },
  { query: `select cast(email as uuid) from '${people}'`, says: 'INT128' },
  { query: `select email::json from '${people}'`, says: 'Conversion Error' },
  { query: `select strptime(email, '%Y') from '${people}'`, says: 'Invalid Input Error' },
  { query: `select error(email) from '${people}'`, says: 'Invalid Input Error' },
  { query: `select columns(*)::integer from '${headerless}'`, says: 'a value cannot become INT32' },
  { query: `select missing from '${headerless}'`, says: 'there is no column "missing"' },
  { query: "select 'canary'::integer", says: 'character 16 of the query' },
  { query: "  select 'x'::integer", says: 'character 13 of the query' },
  { query: 'select "jane.canary@example.com" from range(3)', says: 'there is no column of a name that' },
  { query: "select * from 'canary@example.com.csv'", says: 'does not exist' },
  {
    query: `select * from read_csv('${late}', columns = {email: 'text', n: 'int'})`,
    says: 'line 30002 of a CSV',
  },
  {
    query: `select * from read_csv('${quote}', header = true, auto_detect = false, columns = {a: 'int', b: 'int'})`,
    says: 'line 3 of a CSV',
  },
  { query: `select * from '${broken}'`, says: 'line or record' },
  { query: `select * from '${twice}'`, says: 'line or record 1 of a JSON file' },
  { query: `select lower([canary]) from range(3) t(canary)`, says: 'cast its arguments' },
  { query: 'select nothing from nowhere', says: 'there is no table "nowhere"' },
  { query: 'select frob(1)', says: 'there is no scalar function "frob".' },
  { query: "select 'canary' from where", says: 'the SQL cannot be read' },
  { query: "select regexp_matches('canary', '(canary')", says: 'Invalid Input Error' },
])('DuckDB fails on $query without a word of the data', async ({ query, says }) => {
  const message = await faultOf(duckdb(query));
  expect(message).toContain(says);
  expect(message).not.toMatch(/canary|jane|doe,|@/i);
});

test.each([30_000, 300_000])(
  'a query of DuckDB that fails after %i rows is no shorter sync',
  async (rows) => {
    const query = `select if(i < ${rows}, i, error('canary')) as i from range(${rows + 1}) t(i)`;
    const message = await faultOf(duckdb(query));
    expect(message).toContain('a function of the query does not accept one of its values');
    const sorted = await faultOf(duckdb(query, { column: 'i', from: '7' }));
    expect(sorted).toContain('a function of the query does not accept one of its values');
  },
);

test('a state whose value does not fit the cursor column is not repeated', async () => {
  const query = 'select i from range(3) t(i)';
  const message = await faultOf(duckdb(query, { column: 'i', from: 'jane.canary@example.com' }));
  expect(message).toContain('a value cannot become');
  expect(message).not.toContain('canary');
});

test.each([
  'https://127.0.0.1:1/orders.csv',
  's3://orders/canary.parquet',
  'http://127.0.0.1:1/orders.parquet',
])('DuckDB installs nothing to read %s, and names the option that lets it', async (address) => {
  const message = await faultOf(duckdb(`select * from '${address}'`));
  expect(message).toContain("DuckDB's extension httpfs");
  expect(message).toContain('--allow-extensions');
});

test.each([
  { query: 'select email::integer from people', says: '(22P02): a text cannot become' },
  { query: 'select email::date from people', says: '(22007): a text is no date' },
  { query: 'select email::json from people', says: '(22P02)' },
  { query: "select 'canary'::integer", says: '(22P02, character 8 of the query)' },
  { query: 'select 1 / (canary - 1) from people', says: 'it divides by zero' },
  { query: 'select nothing from nowhere', says: 'there is no such table: "nowhere"' },
  { query: 'select missing from people', says: 'there is no such column: "missing"' },
  {
    query: 'select "jane.canary@example.com" from people',
    says: 'there is no such column: a name in the query.',
  },
  { query: "select frob('canary')", says: 'no such function, or not for these types: "frob"' },
  { query: "select 'canary' from where", says: '(42601, character 22 of the query): the SQL cannot be read' },
])('PostgreSQL fails on $query without a word of the data', async ({ query, says }) => {
  const message = await faultOf(
    postgresRows({ url: postgres, query, timeZone: 'UTC', cursor: undefined, isInsecureAllowed: false }),
  );
  expect(message).toContain(says);
  expect(message).not.toMatch(/canary|jane|@/i);
});

test('a file without a header is reported with the remedy, and without its first row', async () => {
  const { stderr, stdout } = await runCli([
    'sync',
    '--dry-run',
    '--json',
    '--query',
    `select * from '${headerless}'`,
  ]);
  expect(stderr).toContain('header = false, names =');
  expect(stderr + stdout).not.toMatch(/canary|jane|doe\b/i);
});

test.each([
  {
    row: { email: 'a@b.de', curency: 1, 'jane.canary@example.com': 1 },
    says: 'curency (did you mean currency?), column 3 of the row',
  },
  {
    row: { email: 'a@b.de', '+4915112345678': 1, canary1234567: 1 },
    says: 'column 2 of the row, column 3 of the row',
  },
  { row: { Canary: 'x', Jane: 'y' }, says: 'No column has the name of an event field' },
])('columns are named only beside one that is certainly a name: $says', ({ row, says }) => {
  const text = unusedColumns(row, undefined);
  expect(text).toContain(says);
  expect(text).not.toMatch(/canary|jane|4915/i);
});

test.each([
  {
    what: 'beside a field that the query adds itself',
    query: "select *, 'Lead' as event_name from 'a.csv'",
    row: { 'jane@example.com': 'x', Canary: 'y', Jane: 'z', event_name: 'Lead' },
    says: 'column 1 of the row, column 2 of the row, column 3 of the row. If the file has no header',
  },
  {
    what: 'that is a part of a word of the query',
    query: "select *, 'Lead' as event_name, 1 as canary_value from 'jane.csv'",
    row: { Canary: 'y', Jane: 'z', event_name: 'Lead', canary_value: 1 },
    says: 'column 1 of the row, column 2 of the row',
  },
])('a first row without a header shows no cell $what', ({ query, row, says }) => {
  const text = unusedColumns(row, undefined, query);
  expect(text).toContain(says);
  expect(text).not.toMatch(/\bcanary\b|jane/i);
});

test('a column is named that the query names, or that is beside a field of the file', () => {
  const query = "select *, 'Lead' as event_name, 1 as curency from 'a.csv'";
  expect(unusedColumns({ curency: 1, event_name: 'Lead' }, undefined, query)).toMatch(/: curency \(did.*\)$/);
  const row = { email: 'a@b.de', tier: 1, curency: 1, event_name: 'Lead' };
  expect(unusedColumns(row, undefined, query)).toContain('tier, curency (did you mean');
});

test('columns that are all taken need no word', () => {
  expect(unusedColumns({ email: 1, seq: 2 }, 'seq')).toBeUndefined();
});

test('a fault of the program shows its kind, its code and its place, never its message', () => {
  const fault = Object.assign(new TypeError('no canary\n    at canary (x.ts:1)'), { code: 'ERR_X' });
  expect(explainError(fault)).toBe(
    'Something failed (TypeError, ERR_X): run the command again with DEBUG=1 to see where.',
  );
  vi.stubEnv('DEBUG', '1');
  const text = explainError(fault);
  vi.unstubAllEnvs();
  expect(text).toContain('sync-faults.test.ts');
  expect(text).not.toContain('canary');
});

test('errors of AWS keep their message', () => {
  const fault = Object.assign(new Error('no rights'), { name: 'AccessDenied_X', $metadata: {} });
  expect(explainError(fault)).toBe('AccessDenied_X: no rights');
});
