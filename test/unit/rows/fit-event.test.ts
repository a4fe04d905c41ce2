/** Rows are not JSON: a value is converted where only one type can be meant, and is left as it is otherwise. */
import { expect, test } from 'vitest';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';
import { createEventCheck } from '../../../lib/rows/check-event.ts';
import { fitEvent } from '../../../lib/rows/fit-event.ts';
import { createLocalTime } from '../../../lib/rows/local-time.ts';
import { createPreparation } from '../../../lib/rows/prepare-rows.ts';
import { createRowIdentifier } from '../../../lib/rows/row-identity.ts';
import { numberOrDigits } from '../../../lib/rows/source-row.ts';

const localTime = createLocalTime('Europe/Berlin');

test.each([
  [{ zip_code: true }, { zip_code: 'true' }],
  [{ contents: 5 }, { contents: 5 }],
  [{ no_field: 5 }, { no_field: 5 }],
  [{ contents: '[{"content_id":"1"}]' }, { contents: [{ content_id: '1' }] }],
  [{ event_time: '2026-11-26 09:15' }, { event_time: '2026-11-26T08:15:00Z' }],
  [{ event_time: '2026-11-26' }, { event_time: '2026-11-25T23:00:00Z' }],
])('fits the row %j to what the API takes', (row, fitted) => {
  expect(fitEvent(row, localTime)).toEqual(fitted);
});

const now = () => Date.UTC(2026, 10, 26, 6);

test('finds what is wrong on any stage without knowing the destinations of this one', () => {
  const check = createEventCheck({ rules: undefined, now, isStrict: false });
  expect(check({ event_name: '', email: 'a@b.de' })).toMatchObject({
    ok: false,
    errors: [{ field: 'event_name' }],
  });
  expect(check({ event_name: 'Lead', email: 'a@b.de', destination: 'other' })).toMatchObject({ ok: true });
});

test('does not reject a row again that an earlier run rejected at the same cursor', () => {
  const settled: string[] = [];
  const prepare = createPreparation({
    mapping: compileMapping({}, { includeSameNames: true }),
    check: createEventCheck({ rules: undefined, now, isStrict: false }),
    isStrict: false,
    localTime,
    identifier: createRowIdentifier(now),
    now,
    cursorFault: () => undefined,
    state: { isSettled: ({ digest = '' }) => settled.includes(digest) },
    audience: undefined,
  });
  const source = { number: 1, row: { event_name: 'Lead', value: 5, currency: 'EUR' }, cursor: '7' };
  const [first] = prepare(source);
  expect(first).toMatchObject({ kind: 'rejected', errors: [{ code: 'no_match_key' }] });
  settled.push(first?.entry?.digest ?? '');
  expect(prepare(source)).toMatchObject([{ kind: 'skipped', why: 'already_sent' }]);
  expect(prepare({ ...source, cursor: null })).toMatchObject([
    { kind: 'rejected', errors: [{ code: 'empty_cursor' }] },
  ]);
});

test.each([
  ['12.50', 12.5],
  ['1e5', '1e5'],
  ['9'.repeat(1_001), '9'.repeat(1_001)],
])('reads the number %s with all its digits', (text, value) => {
  expect(numberOrDigits(text)).toBe(value);
});
