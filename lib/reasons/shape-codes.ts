/** The codes of the shape of an event, as docs/errors.md explains them. */
import type { IssueText } from './issue-text.ts';

const rejected = { effects: ['rejected'] } as const;

export const shapeCodes = {
  required: {
    ...rejected,
    meaning: 'A field is missing that the event cannot go without.',
    example: { email: 'ada@example.com', event_name: null },
    fix: 'Send the field that `field` names.',
  },
  unknown_field: {
    ...rejected,
    meaning:
      'The event has a field that does not exist. The message names the field that was probably meant.',
    example: { vlaue: 10 },
    fix: 'Use the name of the [table of fields](events.md#fields). Your own values go into `custom_properties`.',
  },
  foreign_shape: {
    ...rejected,
    meaning:
      "The event, or the whole body, has the shape of TikTok's own API or of Segment's. The message shows how the same event looks here.",
    example: { event: 'Purchase', user: { email: 'ada@example.com' }, event_name: null },
    fix: 'Send flat events, and several of them as `{"events":[…]}`.',
  },
  invalid_event: {
    ...rejected,
    meaning: 'The event is no JSON object.',
    example: '`{"events":["Purchase"]}`',
    fix: 'Send an object of the fields in [events.md](events.md#fields).',
  },
  invalid_type: {
    ...rejected,
    meaning: 'The value has another type than the field, such as an object in place of text.',
    example: { order_id: { id: 7 } },
    fix: 'Send the type that the message names. Integers above 9007199254740991 must be text.',
  },
  invalid_value: {
    effects: ['omitted', 'rejected'],
    meaning: 'The field takes only certain words, and the value is none of them.',
    example: { customer_type: 'old' },
    fix: 'Send one of the words that the message names, or leave the field out.',
  },
  out_of_range: {
    ...rejected,
    meaning: 'The number is below or above what the field takes.',
    example: { ad: { attribution_share: 2 } },
    fix: 'Send a number in the range that the message names.',
  },
  too_long: {
    effects: ['omitted', 'rejected'],
    meaning:
      'The text is longer than the field takes. An id, a name of an event or a number rejects the event; a free text is omitted.',
    example: { city: 'x'.repeat(257) },
    fix: 'Shorten the text to the length that the message names.',
  },
  too_many: {
    ...rejected,
    meaning: 'The list has more entries than the field takes. Of a webhook, the first ones are sent.',
    example: { email: Array.from({ length: 11 }, (_, n) => `ada${n}@example.com`) },
    fix: 'Send no more entries than the message names.',
  },
  empty: {
    ...rejected,
    meaning: 'The text of a field that the event cannot go without is empty or blank.',
    example: { event_name: ' ', external_id: 'c-1' },
    fix: 'Send a value.',
  },
} as const satisfies Readonly<Record<string, IssueText>>;
