import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GatewayDouble, startGatewayDouble } from '../support/gateway-double.ts';
import { runCli } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'sync-sources-'));
const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const file = (name: string) => join(folder, name);

const columns =
  'event_name, event_id, email, phone, zip_code, country, value, currency, event_time, order_id, customer_type, limited_data_use, description';
const rows = [
  `('Purchase', 'o-1', 'Ada@Example.com', '+4915123456789', '01234', 'DE', 12.50, 'EUR', timestamp '${day} 10:00:00', 9007199254740993, 'new', true, '')`,
  `('Purchase', 'o-2', 'bob@example.com', '004915123456780', '99999', 'DE', 3.00, 'EUR', timestamp '${day} 10:00:00.25', 2, null, false, null)`,
  `('Purchase', null, 'eve@example.com', null, null, null, 0.10, 'EUR', timestamp '${day} 23:59:59', 3, null, null, 'a b')`,
];
const definition =
  'event_name text, event_id text, email text, phone text, zip_code text, country text, value numeric(10,2), currency text, event_time timestamp, order_id bigint, customer_type text, limited_data_use boolean, description text';

let database: PGLiteSocketServer;
let gateway: GatewayDouble;
let postgres: string;

beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`create table rows (${definition.replace('numeric', 'decimal')})`);
  await connection.run(`insert into rows (${columns}) values ${rows.join(', ')}`);
  await connection.run(`copy rows to '${file('rows.parquet')}' (format parquet)`);
  await connection.run(`copy rows to '${file('rows.csv')}' (format csv, header)`);
  await connection.run(`copy rows to '${file('rows.ndjson')}' (format json)`);
  connection.closeSync();

  const db = await PGlite.create();
  await db.exec(`create table rows (${definition}); insert into rows (${columns}) values ${rows.join(', ')}`);
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
beforeEach(async () => {
  gateway = await startGatewayDouble();
});
afterEach(() => gateway.stop());

const sync = (args: readonly string[], input = '') =>
  runCli(['sync', '--url', gateway.url, ...args], { input });

async function eventsOf(args: readonly string[], input?: string) {
  gateway.accepted.length = 0;
  const { code, stderr } = await sync(args, input);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return gateway.accepted.toSorted((a, b) => String(a.email).localeCompare(String(b.email)));
}

test('the same rows from CSV, Parquet, NDJSON, PostgreSQL and a pipe are the same events', async () => {
  const parquet = await eventsOf(['--query', `select * from '${file('rows.parquet')}'`]);
  const others = {
    csv: await eventsOf(['--query', `select * from '${file('rows.csv')}'`]),
    ndjson: await eventsOf(['--query', `select * from '${file('rows.ndjson')}'`]),
    postgres: await eventsOf(['--postgres', postgres, '--query', 'select * from rows']),
    pipe: await eventsOf(['-'], readFileSync(file('rows.ndjson'), 'utf8')),
  };
  expect(parquet).toEqual([
    {
      event_name: 'Purchase',
      event_id: 'o-1',
      email: 'Ada@Example.com',
      phone: '+4915123456789',
      zip_code: '01234',
      country: 'DE',
      value: 12.5,
      currency: 'EUR',
      event_time: `${day}T10:00:00Z`,
      order_id: '9007199254740993',
      customer_type: 'new',
      limited_data_use: true,
    },
    expect.objectContaining({
      event_id: 'o-2',
      phone: '004915123456780',
      event_time: `${day}T10:00:00.250Z`,
    }),
    expect.objectContaining({ event_id: expect.stringMatching(/^sync-[0-9a-f]{40}$/), value: 0.1 }),
  ]);
  for (const [source, events] of Object.entries(others)) expect(events, source).toEqual(parquet);
});

test('a time without zone is in the zone of --timezone, and a time with one is not moved', async () => {
  const query = `select 'Lead' as event_name, 'a@b.de' as email, event_id, t as event_time from (values ('typed', '${day} 10:00'), ('text', '${day}T10:00:00'), ('zoned', '${day}T10:00:00Z')) as v(event_id, t)`;
  const events = await eventsOf(['--timezone', 'Asia/Tokyo', '--query', query]);
  expect(Object.fromEntries(events.map((event) => [event.event_id, event.event_time]))).toEqual({
    typed: `${day}T01:00:00Z`,
    text: `${day}T01:00:00Z`,
    zoned: `${day}T10:00:00Z`,
  });
});

test('a number that begins with zeros far down a CSV keeps them', async () => {
  const head = 'event_name,event_id,email,phone';
  const lines = Array.from(
    { length: 25_000 },
    (_, index) =>
      `Lead,id-${index},u${index}@example.com,${index > 24_000 ? '00' : ''}4915${10_000_000 + index}`,
  );
  writeFileSync(file('late.csv'), [head, ...lines].join('\n'));
  const events = await eventsOf([
    '--query',
    `select * from '${file('late.csv')}' where event_id = 'id-24999'`,
  ]);
  expect(events).toEqual([expect.objectContaining({ phone: '00491510024999' })]);
});

/** The events of a CSV with the given columns, whose values are those of one row each. */
async function eventsOfCsv(columns: Readonly<Record<string, readonly string[]>>) {
  const names = Object.keys(columns);
  const count = Object.values(columns)[0]?.length ?? 0;
  const lines = Array.from({ length: count }, (_, index) =>
    [`Lead,u${index}@example.com`, ...names.map((name) => columns[name]?.[index])].join(','),
  );
  writeFileSync(file('typed.csv'), [['event_name,email', ...names].join(','), ...lines].join('\n'));
  return eventsOf(['--query', `select * from '${file('typed.csv')}'`]);
}

test.each([
  { column: 'event_id', texts: ['1234567890123456789', '1234567890123456788'] },
  { column: 'event_id', texts: ['12345678901234567890123', '12345678901234567890124'] },
  { column: 'event_id', texts: ['12e4', '1234'] },
  { column: 'event_id', texts: ['0x1F', '0x2F'] },
  { column: 'event_id', texts: ['10:00', '11:30'] },
  { column: 'event_id', texts: ['2026-11-26 10:00', '2026-11-26 11:00'] },
  { column: 'order_id', texts: ['26/11/2026', '27/11/2026'] },
  { column: 'external_id', texts: ['00012', '10012'] },
  { column: 'zip_code', texts: ['02134', '95110'] },
  { column: 'phone', texts: ['+12133734253', '+12133734254'] },
  { column: 'phone', texts: ['0012133734253', '0012133734254'] },
  { column: 'country', texts: ['NO', 'no'] },
  { column: 'first_name', texts: ['Nan', 'Inf'] },
])('a CSV column $column of $texts keeps its texts', async ({ column, texts }) => {
  const events = await eventsOfCsv({ [column]: texts });
  expect(events.map((event) => String(event[column]))).toEqual(texts);
});

test('a mapped CSV column keeps phones that a spreadsheet destroyed as they are, and a Norwegian country', async () => {
  writeFileSync(file('map.yml'), 'phone: tel\ncountry: shipping_country\n');
  writeFileSync(
    file('typed.csv'),
    'event_name,email,tel,shipping_country\nLead,a@b.de,1.21337E+10,NO\nLead,c@d.de,1.21337E+10,NO',
  );
  const events = await eventsOf([
    '--query',
    `select * from '${file('typed.csv')}'`,
    '--map',
    file('map.yml'),
  ]);
  expect(events.map(({ phone, country }) => [phone, country])).toEqual([
    ['1.21337E+10', 'NO'],
    ['1.21337E+10', 'NO'],
  ]);
});

test('numbers and truth values of a CSV stay what they are', async () => {
  const events = await eventsOfCsv({
    value: ['12.50', '1e-05'],
    currency: ['EUR', 'EUR'],
    quantity: ['1', '2'],
    limited_data_use: ['true', 'false'],
  });
  expect(events).toEqual([
    expect.objectContaining({ value: 12.5, quantity: 1, limited_data_use: true }),
    expect.objectContaining({ value: 0.00001, quantity: 2, limited_data_use: false }),
  ]);
});

test.each([
  { words: ['1', '0'] },
  { words: ['t', 'f'] },
  { words: ['yes', 'no'] },
  { words: ['TRUE', 'FALSE'] },
])('$words in a column of truth values are accepted', async ({ words }) => {
  expect(await eventsOfCsv({ limited_data_use: words })).toHaveLength(2);
  const piped = words.map((word, index) =>
    JSON.stringify({ event_name: 'Lead', email: `u${index}@example.com`, limited_data_use: word }),
  );
  expect(await eventsOf(['-'], piped.join('\n'))).toHaveLength(2);
});

test('a mapping names fields, filters, fans out and has functions; columns named like fields need no entry', async () => {
  writeFileSync(
    file('map.yml'),
    "event_name: \"'Purchase'\"\nsource.when: phase == 'paid'\nvalue: minor_units(cents, currency)\nevent_time: unix_time(paid)\n",
  );
  const query =
    "select * from (values ('paid', 1999, 'EUR', 'a@b.de', 'x1', now()), ('open', 1, 'EUR', 'c@d.de', 'x2', now())) as v(phase, cents, currency, email, event_id, paid)";
  const events = await eventsOf(['--map', file('map.yml'), '--query', query]);
  expect(events).toEqual([
    {
      event_name: 'Purchase',
      currency: 'EUR',
      email: 'a@b.de',
      event_id: 'x1',
      value: 19.99,
      event_time: expect.any(Number),
    },
  ]);
});

test.each([
  { what: 'an unknown field', yaml: 'event_nam: x', says: 'event_name' },
  { what: 'a broken expression', yaml: 'value: "a b c["', says: 'value' },
  { what: 'broken YAML', yaml: 'a: [', says: 'line' },
])('a mapping with $what stops the start and is named', async ({ yaml, says }) => {
  writeFileSync(file('broken.yml'), yaml);
  const { code, stderr } = await sync(['--map', file('broken.yml'), '--query', 'select 1']);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});

test('lists, structs and JSON text become the nested fields of an event', async () => {
  const query = `select 'Purchase' as event_name, 'n1' as event_id, ['a@b.de', 'c@d.de'] as email, [{'content_id': 'p1', 'price': 1.5::decimal(5,2), 'quantity': 2, 'brand': null}] as contents, '{"tier":"gold"}' as custom_properties, 'EUR' as currency`;
  expect(await eventsOf(['--query', query])).toEqual([
    expect.objectContaining({
      email: ['a@b.de', 'c@d.de'],
      contents: [{ content_id: 'p1', price: 1.5, quantity: 2 }],
      custom_properties: { tier: 'gold' },
    }),
  ]);
});

test('sync accepts column names in upper case and names the columns that nothing uses', async () => {
  const { stderr } = await sync(
    ['-'],
    '{"EVENT_NAME":"Lead","EMAIL":"a@b.de","EMIAL_2":1,"curency":"EUR"}\n',
  );
  expect(gateway.accepted).toEqual([expect.objectContaining({ event_name: 'Lead', email: 'a@b.de' })]);
  expect(stderr).toContain('curency (did you mean currency?)');
});

test.each([
  { what: 'DuckDB', args: ['--query', 'select nothing from nowhere'] },
  { what: 'PostgreSQL', args: ['--postgres', 'URL', '--query', 'select nothing from nowhere'] },
])('an error of $what ends the sync with code 2 and its message', async ({ args }) => {
  const { code, stderr } = await sync(args.map((arg) => (arg === 'URL' ? postgres : arg)));
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('nowhere') });
});

test('a database that cannot be reached ends the sync with code 3, without its password', async () => {
  const { code, stderr } = await sync([
    '--postgres',
    'postgres://u:geheim@127.0.0.1:1/db',
    '--query',
    'select 1',
  ]);
  expect(code).toBe(3);
  expect(stderr).not.toContain('geheim');
});
