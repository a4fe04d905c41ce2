/** The consumer's transform: 50 message bodies → the body of one request to TikTok; and its floor, the least work of any program. */
import { hash } from 'node:crypto';
import { decodeRecord } from '../../lib/delivery/decode-record.ts';
import { groupMessages } from '../../lib/delivery/group.ts';
import { toTrackRequest } from '../../lib/tiktok/track-request.ts';
import { destinations, type OrderForm, receivedAtMs, records } from './fixture.ts';

/** Decoding, validation, normalization, E.164, hashing, grouping, serializing: all that happens before the call. */
export function transform(form: OrderForm): () => string {
  const batch = records(form);
  const context = { destinations, nowMs: receivedAtMs + 1000 };
  return () => {
    const decoded = batch.map((record) => decodeRecord(record, context));

    const [group] = groupMessages(decoded.filter((each) => 'event' in each));
    if (group?.messages.length !== batch.length) throw new Error('the fixture is not delivered whole');
    return toTrackRequest(
      group.destination,
      group.testEventCode,
      group.messages.map(({ event }) => event.trackJson),
    );
  };
}

const hashedFields = ['email', 'phone', 'external_id', 'first_name', 'last_name', 'zip_code'] as const;

/** JSON.parse of the same bodies, six native SHA-256 each, one JSON.stringify of the same events. */
export function floor(form: OrderForm): () => string {
  const bodies = records(form).map(({ body }) => body);
  return () => {
    const events = bodies.map((body) => {
      const { event } = JSON.parse(body);
      for (const field of hashedFields) event[field] = hash('sha256', event[field], 'hex');
      return event;
    });
    return JSON.stringify({ data: events });
  };
}
