/** What the journal says about a message of another producer, who can write anything. */
import { expect, test } from 'vitest';
import { factsOf } from '../../../lib/delivery/journal/facts.ts';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import type { ReceivedMessage } from '../../../lib/queue/message.ts';

const received = (event: Record<string, unknown>): ReceivedMessage => ({
  event,
  hasOwnId: true,
  destination: undefined,
  source: 'queue',
  isForeign: true,
  receivedAtMs: 0,
  notAfterMs: 0,
  trace: 'trace-1',
});

test('names an event whose id is a number by the fingerprint of its text', () => {
  expect(factsOf(received({ event_id: 42, event_name: ' Purchase ' }), {})).toMatchObject({
    event: fingerprint('42'),
    name: 'Purchase',
  });
});

test('names nothing of an event whose id and name are no text', () => {
  expect(factsOf(received({ event_id: {}, event_name: 7 }), {})).toMatchObject({
    event: undefined,
    name: undefined,
  });
});
