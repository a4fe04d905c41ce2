/** A line with nothing but its name, or with fields of a wrong kind, is read with what it has. */
import { expect, test } from 'vitest';
import { readLine } from '../../../lib/journal/parse-line.ts';

const timestamp = '2026-11-26T09:00:00.000Z';
const common = { atMs: Date.parse(timestamp), traces: [] };
const unknown = { destination: undefined, detail: undefined };

test.each([
  {
    message: 'events received',
    line: { kind: 'received', via: 'api', source: 'api', accepted: 0, rejected: 0, events: [], orders: [] },
  },
  {
    message: 'tiktok answered',
    fields: { outcome: 'retry' },
    line: { kind: 'answered', destination: 'default', events: [], isPartial: false, durationMs: 0 },
  },
  {
    message: 'message waits',
    fields: { event: '- e' },
    line: {
      ...unknown,
      kind: 'waits',
      outcome: 'retry',
      reason: 'unknown',
      events: [
        { event: undefined, nextAttemptMs: common.atMs, receives: 1 },
        { event: 'e', nextAttemptMs: common.atMs, receives: 1 },
      ],
    },
  },
  {
    message: 'message parked',
    line: { ...unknown, kind: 'parked', reason: 'unknown', outcome: 'unknown', receives: 1, messageId: '' },
  },
  {
    message: 'message discarded',
    line: { kind: 'discarded', event: undefined, reason: 'unknown', messageId: '', destination: undefined },
  },
  {
    message: 'coverage',
    fields: { event_name: 'Purchase', events: 2, email: '1', destination: 7 },
    line: { kind: 'coverage', source: 'queue', destination: 'default', counts: { events: 2 } },
  },
])('reads a bare line "$message"', ({ message, fields = {}, line }) => {
  expect(readLine({ message, timestamp, ...fields })).toMatchObject({ ...common, ...line });
});

test.each([
  { what: 'of an answer without an outcome', fields: { message: 'tiktok answered' } },
  { what: 'of coverage without an event name', fields: { message: 'coverage', events: 1 } },
  { what: 'without a time', fields: { message: 'coverage', event_name: 'Purchase', timestamp: 'today' } },
])('reads no line $what', ({ fields }) => {
  expect(readLine({ timestamp, ...fields })).toBeUndefined();
});
