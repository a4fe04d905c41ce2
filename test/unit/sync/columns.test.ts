import { describe, expect, test } from 'vitest';
import { createLocalTime } from '../../../lib/rows/local-time.ts';
import type { SourceRow } from '../../../lib/rows/source-row.ts';
import type { AthenaApi, ResultPage } from '../../../lib/sync/engine/athena.ts';
import { kindOf } from '../../../lib/sync/engine/column.ts';
import { readRows } from '../../../lib/sync/engine/rows.ts';

const localTime = createLocalTime('UTC');
const read = (type: string, text: string) => kindOf({ name: 'a', type }).read(text, localTime);

test.each([
  ['double', '1.5E-3', 0.0015],
  ['double', 'Infinity', 'Infinity'],
  ['real', 'NaN', 'NaN'],
  ['decimal(38,0)', '12345678901234567890', '12345678901234567890'],
  ['json', '{"a":12345678901234567890}', { a: '12345678901234567890' }],
  ['array(bigint)', '[1]', [1]],
  ['struct<a:int>', '{"a":1}', { a: 1 }],
  ['varchar(10)', '12', '12'],
  ['boolean', 'false', false],
  ['date', '2026-11-27', '2026-11-27'],
  ['timestamp(6)', '2026-11-27 10:00:00.500000', '2026-11-27T10:00:00.500Z'],
  ['timestamp(3) with time zone', '2026-11-27T10:00:00.000+01:00', '2026-11-27T10:00:00.000+01:00'],
])('a %s %j is %j', (type, text, value) => {
  expect(read(type, text)).toEqual(value);
});

describe('the rows of a result', () => {
  const columns = [{ name: 'email', type: 'varchar' }];
  const cursor = { name: 'changed', type: 'timestamp' };
  const athenaOf = (...pages: ResultPage['rows'][]): Pick<AthenaApi, 'page'> => ({
    page: async (_id, token) => {
      const index = Number(token ?? 0);
      return {
        columns,
        rows: pages[index] ?? [],
        next: index + 1 < pages.length ? String(index + 1) : undefined,
      };
    },
  });
  const rowsOf = async (...pages: ResultPage['rows'][]) => {
    const chunks = readRows(athenaOf(...pages) as AthenaApi, { id: '1', columns, cursor, localTime });
    const rows: SourceRow[] = [];
    for await (const chunk of chunks) rows.push(...chunk);
    return rows;
  };

  test('begin after the names of the columns, with and without such a row', async () => {
    expect(await rowsOf([['email'], ['a', '2026-01-01 00:00:00']])).toMatchObject([
      { number: 1, row: { email: 'a' } },
    ]);
    expect(await rowsOf([['a', '2026-01-01 00:00:00']])).toMatchObject([{ number: 1, row: { email: 'a' } }]);
  });

  test('go on over pages, of which the last can be empty', async () => {
    const rows = await rowsOf([['email']], [['a', '2026-01-01 00:00:00']], []);
    expect(rows.map(({ number }) => number)).toEqual([1]);
  });

  test('have one text for a time, whatever its precision, and none for an empty cursor', async () => {
    const times = [
      '2026-01-01 00:00:00.000',
      '2026-01-01 00:00:00.120',
      '2026-01-01 00:00:00.123456',
      undefined,
      '',
    ];
    const rows = await rowsOf([['email'], ...times.map((time) => ['a', time])]);
    expect(rows.map((row) => row.cursor)).toEqual([
      '2026-01-01 00:00:00',
      '2026-01-01 00:00:00.12',
      '2026-01-01 00:00:00.123456',
      null,
      null,
    ]);
  });
});
