/** A replay with a new `not_after` changes nothing else of the message: its envelope may hold the event's id. */
import { expect, test } from 'vitest';
import { decideReplay } from '../../../../cli/dead-letters/replay/replay-decision.ts';

const nowMs = Date.UTC(2026, 10, 26, 12);
const letter = {
  messageId: 'm',
  receiptHandle: 'r',
  reason: 'expired',
  detail: undefined,
  outcome: 'refused' as const,
  destination: undefined,
  requestId: undefined,
  firstSentAtMs: nowMs,
  failedAtMs: nowMs,
  replay: undefined,
};

function renewedEvent(detail: Record<string, unknown>): unknown {
  const time = '2026-11-20T10:00:00Z';
  const body = JSON.stringify({ id: 'eb-id', 'detail-type': 'order.paid', time, detail });
  const decision = decideReplay(
    { ...letter, body },
    { includeUnknown: false, renew: true, again: false },
    nowMs,
  );
  return decision.kind === 'send' ? JSON.parse(decision.body).event : decision;
}

const notAfter = { v: 1, not_after: '2026-11-22T00:00:00Z' };

test('keeps the id and the time of the envelope that a renewed message leaves behind', () => {
  expect(renewedEvent({ ...notAfter, event: { event_name: 'Lead' } })).toEqual({
    event_name: 'Lead',
    event_id: 'eb-id',
    event_time: Date.UTC(2026, 10, 20, 10) / 1000,
  });
});

test.each([
  [{ event_id: 'own', event_time: 5 }, {}, { event_id: 'own', event_time: 5 }],
  [{ event_id: 'own' }, { received_at: '2026-11-20T09:00:00Z' }, { event_id: 'own' }],
])('keeps what the renewed event %j has itself', (event, more, expected) => {
  expect(renewedEvent({ ...notAfter, ...more, event })).toEqual(expected);
});
