/** Laws of the queue: nothing is lost in batches, and no body can do harm. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IdentifiedEvent } from '../../lib/events/event.ts';
import { splitIntoBatches } from '../../lib/queue/batches.ts';
import { decodeMessage, encodeMessage } from '../../lib/queue/message.ts';
import { isBlank } from '../../lib/schema/is-blank.ts';
import { runs } from '../support/runs.ts';

const maxBytes = 1_048_576;
const decode = (body: string) => decodeMessage({ body, messageId: 'm', sentAtMs: 1_780_315_200_000 });

test('splits entries into batches that contain each once, in order, at most ten and 1 MiB', () => {
  const size = fc.oneof(
    fc.nat(2_000),
    fc.integer({ min: 0, max: maxBytes }),
    fc.constantFrom(maxBytes - 1, maxBytes, maxBytes / 2),
  );
  fc.assert(
    fc.property(fc.array(size, { maxLength: 60 }), (sizes) => {
      const batches = splitIntoBatches(sizes);
      expect(batches.flat()).toEqual(sizes.map((_, index) => index));
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(10);
        expect(batch.reduce((sum, index) => sum + (sizes[index] ?? 0), 0)).toBeLessThanOrEqual(maxBytes);
      }
    }),
  );
});

test('decodes any message, or gives the reason why it cannot, and never throws', () => {
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc
      .record({ v: fc.jsonValue(), event: fc.jsonValue(), received_at: fc.jsonValue() }, { requiredKeys: [] })
      .map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(body, (text) => {
      const message = decode(text);
      if ('undecodable' in message)
        expect(message.undecodable).toMatch(
          /^(not a JSON object|not a message of version 1: [a-z_]+|times are not valid)$/,
        );
      else expect(message.event).toBeTypeOf('object');
    }),
    runs(1_000),
  );
});

/** The gateway writes no message without an id. */
const ids = fc.string({ minLength: 1 }).filter((id) => !isBlank(id));

test('decodes every encoded message to the same message, in characters that SQS accepts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), ids, (user_agent, event_id) => {
      const event = { event_name: 'Lead', event_id, event_time: 1, user_agent } as IdentifiedEvent;
      const body = encodeMessage({
        v: 1,
        event,
        destination: 'd',
        source: 'api',
        received_at: '2026-06-01T12:00:00.000Z',
        not_after: '2026-06-03T11:00:00.000Z',
        trace: 't',
      });
      expect(body).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
      expect(decode(body)).toMatchObject({ event });
    }),
    runs(1_000),
  );
});
