/** Arbitrary records and answers of TikTok, for laws of the consumer. */
import fc from 'fast-check';
import type { TikTokReply } from '../../../lib/tiktok/client.ts';
import { messageBody, sqsRecord } from './records.ts';

const code = fc.constantFrom(
  0,
  0,
  0,
  20001,
  40001,
  40002,
  40002,
  40002,
  40050,
  40100,
  40105,
  40700,
  50000,
  60001,
  7,
);
const message = fc.oneof(fc.constantFrom('', 'Batch.0.user', 'data[1].event', 'data[49]'), fc.string());
/** Any answer of TikTok, or of a proxy before it. */
export const reply: fc.Arbitrary<TikTokReply> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('answer' as const), status: fc.constant(200), code, message }),
  },
  fc.record({
    kind: fc.constant('answer' as const),
    status: fc.constantFrom(200, 302, 403, 404, 413, 429, 500),
  }),
  fc.record({
    kind: fc.constant('failure' as const),
    reason: fc.constantFrom('timeout' as const, 'network' as const),
    isSent: fc.boolean(),
  }),
);

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
/** A record of any kind: sendable, not configured, unreadable, nearly spent. Several can have one message id. */
export const record = fc
  .record({
    name: fc.constantFrom(...names),
    receives: fc.constantFrom(1, 2, 3, 5, 6, 9, 111, 112, 113),
    destination: fc.constantFrom('default', 'shop', 'nowhere', 'crm'),
    body: fc.option(fc.constantFrom('', '{', '{"v":2}', '{"event_name":"Lead"}', '{"v":1,"event":{}}'), {
      freq: 5,
    }),
  })
  .map(({ name, receives, destination, body }) =>
    sqsRecord({
      messageId: `m-${name}`,
      receives,
      body: body ?? messageBody(name, { canary: undefined }, { destination }),
    }),
  );
