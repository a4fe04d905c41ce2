/** DuckDB behind Athena's protocol: types and values look as Athena's. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestAthena, type TestAthena } from './athena-support.ts';

let folder: string;
let athena: TestAthena;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'athena-tables-'));
  await mkdir(join(folder, 'shop'));
  await mkdir(join(folder, 'crm'));
  await writeFile(join(folder, 'shop', 'orders.csv'), 'Order_Id,Paid_At\n1,2026-11-26 09:15:00\n2,\n');
  await writeFile(join(folder, 'crm', 'people.ndjson'), '{"id":7,"tags":["a","b"],"home":{"zip":"1"}}\n');
  athena = await startTestAthena({ tablesFolder: folder });
});
afterAll(async () => {
  await athena.stop();
  await rm(folder, { recursive: true });
});

const outcome = async (sql: string) => (await athena.finished(await athena.start(sql))).Status;

describe('a value', () => {
  test.each([
    ['true', 'boolean', 'true'],
    ['cast(1 as integer)', 'integer', '1'],
    ['cast(9007199254740993 as bigint)', 'bigint', '9007199254740993'],
    ['1.5', 'double', '1.5'],
    ['cast(10000000000 as double)', 'double', '1.0E10'],
    ['cast(0.0001 as double)', 'double', '1.0E-4'],
    ['cast(100 as double)', 'double', '100.0'],
    ['cast(0.1 as real)', 'float', '0.1'],
    ["DECIMAL '49.90'", 'decimal', '49.90'],
    ["'a''b'", 'varchar', "a'b"],
    ["DATE '2026-11-26'", 'date', '2026-11-26'],
    ["TIMESTAMP '2026-11-26 09:15:00'", 'timestamp', '2026-11-26 09:15:00.000'],
    ["TIMESTAMP '2026-11-26 09:15:00.123456'", 'timestamp', '2026-11-26 09:15:00.123456'],
    [
      "TIMESTAMP '2026-11-26 09:15:00 Europe/Berlin'",
      'timestamp with time zone',
      '2026-11-26 08:15:00.000 UTC',
    ],
    ["X'0a 1b'", 'varbinary', '0a 1b'],
    ["array['a', null]", 'array', '[a, null]'],
    ["map(array['b', 'a'], array[2, 1])", 'map', '{a=1, b=2}'],
    ["cast(row(1, 'x') as row(id integer, name varchar))", 'row', '{id=1, name=x}'],
    ["json_parse('[1]')", 'json', '[1]'],
    ['cast(null as varchar)', 'varchar', undefined],
    ['sum(cast(1 as bigint))', 'bigint', '1'],
  ])('of %s is %s %s', async (sql, type, text) => {
    const id = await athena.start(`select ${sql} as v`);
    expect((await athena.finished(id)).Status?.StateChangeReason).toBeUndefined();
    const { columns, cells } = await athena.results({ QueryExecutionId: id });
    expect([columns[0]?.Type, cells]).toEqual([type, [['v'], [text]]]);
  });

  test('has the precision of its type', async () => {
    const id = await athena.start(
      "select DECIMAL '49.90' as a, 'x' as b, TIMESTAMP '2026-11-26 09:15:00' as c",
    );
    await athena.finished(id);
    const { columns } = await athena.results({ QueryExecutionId: id });
    expect(columns.map(({ Precision, Scale, CaseSensitive }) => [Precision, Scale, CaseSensitive])).toEqual([
      [4, 2, false],
      [2_147_483_647, 0, true],
      [3, 0, false],
    ]);
  });
});

describe("Trino's SQL", () => {
  test.each([
    ["json_format(cast(array['a', 'b'] as json))", '["a","b"]'],
    ["json_format(cast(map(array['a'], array[1]) as json))", '{"a":1}'],
    ["json_format(cast(cast(row(1, 'x') as row(id integer, name varchar)) as json))", '{"id":1,"name":"x"}'],
    ['json_format(cast(cast(null as integer[]) as json))', undefined],
    ["json_format(cast('x' as json))", '"x"'],
    ["lower(to_hex(X'0A1B'))", '0a1b'],
    ["to_iso8601(from_iso8601_timestamp('2026-11-26T10:15:00+01:00'))", '2026-11-26T09:15:00.000Z'],
    ["to_iso8601(DATE '2026-11-26')", '2026-11-26'],
    ["date_add('day', -1, DATE '2026-11-26')", '2026-11-25'],
    ["date_add('hour', 2, TIMESTAMP '2026-11-26 09:15:00')", '2026-11-26 11:15:00.000'],
    ["TIMESTAMP '2026-11-26 09:15:00.000' <= current_timestamp", 'true'],
    ["date_parse('26.11.2026 09:15', '%d.%m.%Y %H:%i')", '2026-11-26 09:15:00.000'],
    ["date_format(TIMESTAMP '2026-11-26 09:15:00', '%H:%i')", '09:15'],
    ['5 / 2', '2'],
    ["'-- no comment' /* cast(a as json) */", '-- no comment'],
  ])('computes %s', async (sql, text) => {
    expect(await athena.rows(`select ${sql} as v`)).toEqual([{ v: text }]);
  });
});

describe('a table', () => {
  test('is a file of the folder, with names of columns in lower case', async () => {
    expect(await athena.rows('select * from orders order by order_id')).toEqual([
      { order_id: '1', paid_at: '2026-11-26 09:15:00.000' },
      { order_id: '2', paid_at: undefined },
    ]);
    expect(await athena.rows('select id, tags, home from "AwsDataCatalog"."crm"."people"')).toEqual([
      { id: '7', tags: '[a, b]', home: '{zip=1}' },
    ]);
  });

  test('has the rows and columns of its file at the time of the query, and its bytes count', async () => {
    const file = join(folder, 'shop', 'moving.csv');
    await writeFile(file, 'a\n1\n');
    expect(await athena.rows('select * from moving')).toEqual([{ a: '1' }]);
    await writeFile(file, 'a,b\n1,two\n');
    const id = await athena.start('select * from (select * from moving\n) as source_rows where "a" >= 1');
    const { Statistics } = await athena.finished(id);
    expect(Statistics?.DataScannedInBytes).toBe(10);
    expect((await athena.results({ QueryExecutionId: id })).cells).toEqual([
      ['a', 'b'],
      ['1', 'two'],
    ]);
    await rm(file);
    expect((await outcome('select * from moving'))?.StateChangeReason).toMatch(/^TABLE_NOT_FOUND/);
  });

  test('is read from the folder only', async () => {
    const status = await outcome(`select * from read_csv('${import.meta.filename}')`);
    expect(status?.State).toBe('FAILED');
  });
});

describe('a query that fails', () => {
  test.each([
    [
      'select * from nothing',
      "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.shop.nothing' does not exist",
      1301,
    ],
    ['select nothing from orders', "COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved", 1006],
    ['select nothing(1) as v', "FUNCTION_NOT_FOUND: line 1:8: Function 'nothing' not registered", 1303],
  ])('says why: %s', async (sql, reason, type) => {
    const status = await outcome(sql);
    expect(status).toMatchObject({ State: 'FAILED', StateChangeReason: reason });
    expect(status?.AthenaError).toEqual({
      ErrorCategory: 2,
      ErrorType: type,
      Retryable: false,
      ErrorMessage: reason,
    });
  });

  test('names a database that does not exist', async () => {
    const id = await athena.start('select * from t', { QueryExecutionContext: { Database: 'nowhere' } });
    expect((await athena.finished(id)).Status?.StateChangeReason).toBe(
      "SCHEMA_NOT_FOUND: line 1:15: Schema 'nowhere' does not exist",
    );
  });
});
