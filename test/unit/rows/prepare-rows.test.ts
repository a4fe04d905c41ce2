/** Rows become events: what the mapping cannot read of a row rejects it or is reported beside its event. */
import { expect, test } from 'vitest';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';
import { createEventCheck } from '../../../lib/rows/check-event.ts';
import { createLocalTime } from '../../../lib/rows/local-time.ts';
import { createPreparation } from '../../../lib/rows/prepare-rows.ts';
import { createRowIdentifier } from '../../../lib/rows/row-identity.ts';

const nowMs = Date.UTC(2026, 10, 26, 6);
const now = () => nowMs;
const destinations = {
  default: { pixelCode: 'P', eventSource: 'web' as const, currency: 'USD', country: 'US' },
};

function prepare(mapping: Record<string, unknown>, row: Record<string, unknown>) {
  const preparation = createPreparation({
    mapping: compileMapping(mapping, { includeSameNames: true }),
    check: createEventCheck({ rules: { destinations }, now, isStrict: false }),
    isStrict: false,
    localTime: createLocalTime('UTC'),
    identifier: createRowIdentifier(now),
    now,
    cursorFault: () => undefined,
    state: undefined,
    audience: undefined,
  });
  return preparation({
    row: { event_name: 'Purchase', email: 'ada@example.com', ...row },
    position: 1,
  } as never);
}

test.each([
  ['2026-10-01 10:00:00+00', 'too_old'],
  ['2025-01-05 09:00:00 UTC', 'too_old'],
  ['soon', 'invalid_time'],
  ['1795670245369833', 'invalid_time'],
  ['2027-11-26 05:17:25 +0000', 'in_future'],
  ['9999-12-31', 'in_future'],
  ['0', 'invalid_time'],
])('rejects a row with the mapped time %s as %s', (ts, code) => {
  expect(prepare({ event_time: 'unix_time(ts)' }, { ts })).toMatchObject([
    { kind: 'rejected', errors: [{ field: 'event_time', code }] },
  ]);
});

test.each([
  '2026-11-26 05:17:25+00',
  '2026-11-26 05:17:25 UTC',
  '2026-11-26 05:17:25.5 +0000',
  '1795670245.53',
])('accepts a row with the time %s, mapped or not', (ts) => {
  expect(prepare({ event_time: 'unix_time(ts)' }, { ts })).toMatchObject([
    { kind: 'ready', event: { event_time: 1_795_670_245 }, omissions: [] },
  ]);
  expect(prepare({}, { event_time: ts })).toMatchObject([{ kind: 'ready' }]);
});

test('lists what the mapping could not read of a row beside its event', () => {
  const mapping = { value: 'minor_units(cents, cur)', phone: 'phone(tel, country)' };
  const row = { cents: '1.999,00', cur: '', tel: 'n/a', country: 'DE' };
  expect(prepare(mapping, row)).toMatchObject([
    {
      kind: 'ready',
      omissions: [
        { field: 'value', code: 'unreadable' },
        { field: 'phone', code: 'unreadable' },
      ],
    },
  ]);
});

test('rejects a row that an expression does not fit', () => {
  expect(prepare({ value: 'sum(prices)' }, { prices: 'free' })).toMatchObject([
    { kind: 'rejected', errors: [{ field: 'value', code: 'mapping_failed' }] },
  ]);
});
