import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { decodeMessage } from '../../../lib/queue/message.ts';
import { maxLength, minLength } from '../../../lib/schema/lengths.ts';
import { errorsOf } from '../../support/events/events.ts';

/** JSON can hold it, and no number compares with its length: its members hide the methods that make a number of it. */
const incomparable = { length: { toString: 1, valueOf: 1 } };

test('rejects a text that is too long, too short or no text', () => {
  const schema = z.string().check(minLength(2), maxLength(3));
  expect(schema.safeParse('abc').success).toBe(true);
  for (const input of ['a', 'abcd', incomparable, { length: 2 }, ['a', 'b'], null])
    expect(schema.safeParse(input).success).toBe(false);
});

test('rejects a list with too many entries', () => {
  const schema = z.array(z.unknown()).check(maxLength(1));
  expect(schema.safeParse([1]).success).toBe(true);
  for (const input of [[1, 2], incomparable]) expect(schema.safeParse(input).success).toBe(false);
});

test.each(['event_name', 'event_id', 'email', 'contents', 'value', 'page_url', 'destination'])(
  'rejects an event whose %s is an object with a length that no number compares with',
  (field) => {
    expect(errorsOf({ [field]: incomparable })).not.toEqual([]);
    expect(errorsOf({ [field]: [incomparable] })).not.toEqual([]);
  },
);

test.each(['destination', 'source', 'trace'])(
  'parks a message whose %s is an object with a length that no number compares with',
  (field) => {
    const body = JSON.stringify({ v: 1, event: {}, [field]: incomparable });
    expect(decodeMessage({ body, messageId: 'm-1', sentAtMs: 0 })).toHaveProperty('undecodable');
  },
);
