/** The queries that a sync makes run over every type, and a cursor of each type finds its rows again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsQuery } from '../../../lib/sync/engine/query.ts';
import { cursorColumn } from '../../../lib/sync/engine/sql.ts';
import { syncSchema } from '../../../lib/sync/settings.ts';
import { startTestAthena, type TestAthena } from './athena-support.ts';

let athena: TestAthena;
beforeAll(async () => {
  athena = await startTestAthena();
});
afterAll(() => athena.stop());

const query = `select 7 as n, 1.5 as d, DECIMAL '49.90' as amount, true as flag, 'it''s' as text,
  DATE '2026-11-26' as day, TIMESTAMP '2026-11-26 09:15:00.123' as at,
  TIMESTAMP '2026-11-26 09:15:00 UTC' as zoned, X'0A1B' as bytes, array['a', 'b'] as list,
  map(array['k'], array[1]) as pairs, cast(row(1, 'x') as row(id integer, name varchar)) as part,
  json_parse('{"a": [1]}') as json -- a comment at the end`;

const settings = syncSchema().parse({ engine: 'athena', database: 'shop', query, schedule: 'rate(1 hour)' });

async function columnsOf() {
  const id = await athena.start(`select * from (${query}\n) as source_rows limit 0`);
  await athena.finished(id);
  const { columns, cells } = await athena.results({ QueryExecutionId: id });
  expect(cells).toHaveLength(1);
  return columns.map(({ Name = '', Type = '' }) => ({ name: Name, type: Type }));
}

test('gives lists, objects, bytes and zones in a form that can be read back', async () => {
  const columns = await columnsOf();
  expect(columns.map(({ type }) => type).join(', ')).toBe(
    'integer, double, decimal, boolean, varchar, date, timestamp, timestamp with time zone, varbinary, array, map, row, json',
  );
  const [row] = await athena.rows(rowsQuery(settings, columns, undefined, undefined));
  expect(row).toEqual({
    n: '7',
    d: '1.5',
    amount: '49.90',
    flag: 'true',
    text: "it's",
    day: '2026-11-26',
    at: '2026-11-26 09:15:00.123',
    zoned: '2026-11-26T09:15:00.000Z',
    bytes: '0a1b',
    list: '["a","b"]',
    pairs: '{"k":1}',
    part: '{"id":1,"name":"x"}',
    json: '{"a":[1]}',
  });
});

test.each(['n', 'd', 'amount', 'text', 'day', 'at', 'zoned'])(
  'finds the row of the cursor %s',
  async (name) => {
    const columns = await columnsOf();
    const cursor = columns.find((column) => column.name === name);
    const [first] = await athena.rows(rowsQuery(settings, columns, cursor, undefined));
    const from = first?.[cursorColumn];
    expect(from).toBeTypeOf('string');
    const again = await athena.rows(rowsQuery(settings, columns, cursor, from));
    expect(again).toEqual([first]);
  },
);
