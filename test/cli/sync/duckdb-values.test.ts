/** Each type of DuckDB as a value of a row, alone and inside lists, structs, maps and unions: no digit and no text is lost. */
import { expect, test } from 'vitest';
import { duckdbRows } from '../../../cli/sync/rows/duckdb/rows.ts';
import type { Row } from '../../../lib/rows/source-row.ts';

async function rowsOf(query: string, timeZone = 'UTC'): Promise<Row[]> {
  const source = duckdbRows({ query, timeZone, cursor: undefined, allowExtensions: false });
  const rows: Row[] = [];
  for await (const chunk of source.chunks(new AbortController().signal))
    rows.push(...chunk.map(({ row }) => row));
  return rows;
}

/** @param cells SQL of one cell each; their values, in this order */
async function valuesOf(cells: readonly string[], timeZone?: string): Promise<unknown[]> {
  const columns = cells.map((cell, index) => `${cell} as c${index}`);
  const [row = {}] = await rowsOf(`select ${columns.join(', ')}`, timeZone);
  return cells.map((_, index) => row[`c${index}`]);
}

/** SQL, and its value. */
const values: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['255::utinyint', 255],
  ['-5::smallint', -5],
  ['4294967295::uinteger', 4_294_967_295],
  ['12::bigint', 12],
  ['999999999999999', 999_999_999_999_999],
  ['9007199254740992', 9_007_199_254_740_992],
  ['9007199254740993', '9007199254740993'],
  ['-9223372036854775808', '-9223372036854775808'],
  ['18446744073709551615::ubigint', '18446744073709551615'],
  ['170141183460469231731687303715884105727::hugeint', '170141183460469231731687303715884105727'],
  ['340282366920938463463374607431768211455::uhugeint', '340282366920938463463374607431768211455'],
  ['123456789012345678901234567890::bignum', '123456789012345678901234567890'],
  ['12.50::decimal(10,2)', 12.5],
  ['-0.05::decimal(4,2)', -0.05],
  ['1234567890123.45::decimal(15,2)', 1_234_567_890_123.45],
  ['0.10::decimal(18,2)', 0.1],
  ['12345678901234567890.50::decimal(38,2)', '12345678901234567890.50'],
  ['0.1::double + 0.2::double', 0.1 + 0.2],
  ['1e300::double', 1e300],
  ['5e-324::double', 5e-324],
  ['-0.0::double', -0],
  ["'nan'::double", Number.NaN],
  ["'-inf'::double", Number.NEGATIVE_INFINITY],
  ["'inf'::float", Number.POSITIVE_INFINITY],
  ['19.99::float', 19.99],
  ['1e38::float', 1e38],
  ["date '2026-11-22'", '2026-11-22'],
  ["'infinity'::date", 'infinity'],
  ["timestamp '2026-11-22 10:00:00'", '2026-11-22T10:00:00Z'],
  ["timestamp '2026-11-22 10:00:00.25'", '2026-11-22T10:00:00.250Z'],
  ["timestamp '2026-11-22 10:00:00.000456'", '2026-11-22T10:00:00Z'],
  ["timestamp_s '2026-11-22 10:00:00'", '2026-11-22T10:00:00Z'],
  ["timestamp_ms '2026-11-22 10:00:00.5'", '2026-11-22T10:00:00.500Z'],
  ["timestamp_ns '2026-11-22 10:00:00.123456789'", '2026-11-22T10:00:00.123Z'],
  ["timestamptz '2026-11-22 10:00:00.5+02'", '2026-11-22T08:00:00.500Z'],
  ["'infinity'::timestamp", 'infinity'],
  ["'-infinity'::timestamptz", '-infinity'],
  ["timestamp '0044-03-15 (BC) 00:00:00'", '0044-03-15 (BC) 00:00:00'],
  ["'\\xAA\\x00abc\\x5C\\x22\\x0A'::blob", 'aa006162635c220a'],
  ["uuid '123e4567-e89b-12d3-a456-426614174000'", '123e4567-e89b-12d3-a456-426614174000'],
  ["interval '14 months 2 days 3 hours 1.5 seconds'", '1 year 2 months 2 days 03:00:01.5'],
  ["time '10:00:00.5'", '10:00:00.5'],
  ["timetz '10:00:00+02'", '10:00:00+02'],
  ["time_ns '10:00:00.123456789'", '10:00:00.123456789'],
  ["'0101'::bit", '0101'],
  ["'it''s'::enum('a', 'it''s')", "it's"],
  [`'it''s "q" \\ / \u{1F600} \u2028'`, `it's "q" \\ / \u{1F600} \u2028`],
  ['chr(0) || chr(10) || chr(127)', '\u0000\n\u007f'],
];

/** SQL around a cell, and the value around its value. */
const nestings: readonly (readonly [string, (cell: string) => string, (value: unknown) => unknown])[] = [
  ['a column', (cell) => cell, (value) => value],
  ['a list', (cell) => `[${cell}, null]`, (value) => [value]],
  ['an array', (cell) => `array_value(${cell}, ${cell})`, (value) => [value, value]],
  ['a struct', (cell) => `{'a "b''': ${cell}, 'none': null}`, (value) => ({ 'a "b\'': value })],
  ['a map', (cell) => `map {'k "': ${cell}}`, (value) => ({ 'k "': value })],
  ['the key of a map', (cell) => `map {${cell}: 1}`, (value) => ({ [String(value)]: 1 })],
  ['a union', (cell) => `union_value(member := ${cell})`, (value) => value],
  ['all of them', (cell) => `[{'x': map {'y': [${cell}]}}]`, (value) => [{ x: { y: [value] } }]],
];

test.each(nestings)('keeps the exact value of every type in %s', async (_where, nest, around) => {
  const read = await valuesOf(values.map(([sql]) => nest(sql)));
  const expected = values.map(([sql, value]) => [sql, around(value)]);
  expect(values.map(([sql], index) => [sql, read[index]])).toEqual(expected);
});

test('reads JSON with all its digits in a column, and leaves it text inside another value', async () => {
  const json = `'{"id": 12345678901234567890, "list": [1.50, null, ""]}'::json`;
  expect(await valuesOf([json, `[${json}]`])).toEqual([
    { id: '12345678901234567890', list: [1.5] },
    ['{"id": 12345678901234567890, "list": [1.50, null, ""]}'],
  ]);
});

test('reads a time without zone in the zone of the sync, in lists too', async () => {
  const times = ["timestamp '2026-11-22 10:00:00'", "[timestamp '2026-07-01 10:00:00']"];
  const zoned = "timestamptz '2026-11-22 10:00:00+00'";
  expect(await valuesOf([...times, zoned], 'Europe/Berlin')).toEqual([
    '2026-11-22T09:00:00Z',
    ['2026-07-01T08:00:00Z'],
    '2026-11-22T10:00:00Z',
  ]);
});

test('leaves out NULL and empty text, and names the members of a struct without names by their place', async () => {
  expect(await rowsOf("select null as a, '' as b, {'c': null, 'd': ''} as e, row(1, 'x') as f")).toEqual([
    { e: {}, f: { 1: 1, 2: 'x' } },
  ]);
});

test('tells columns apart whose names differ in case only, and takes any name', async () => {
  expect(
    await rowsOf(`select 1 as a, 2 as "A", 3 as "it's", 4 as """q""", 5 as " from (", 6 as "__proto__x"`),
  ).toEqual([{ a: 1, A_1: 2, "it's": 3, '"q"': 4, ' from (': 5, __proto__x: 6 }]);
});

test('keeps the order of a query over several chunks', async () => {
  const rows = await rowsOf('select i from range(5000) t(i) order by i desc');
  expect(rows.map(({ i }) => i)).toEqual(Array.from({ length: 5000 }, (_, index) => 4999 - index));
});
