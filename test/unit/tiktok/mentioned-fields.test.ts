/** Of TikTok's messages only the names of known fields are kept: they can echo what was sent. */
import { expect, test } from 'vitest';
import { mentionedFields } from '../../../lib/tiktok/mentioned-fields.ts';

test.each([
  ['Batch.0.properties.contents.0.content_id: Not a valid string', 'properties, contents, content_id'],
  ['Invalid value for event_id: not a valid string.', 'event_id'],
  ['email jane@example.com, email again, phone +12133734253', 'email, phone'],
  ['lead_event_source', 'lead_event_source'],
  ['quantity value num_items', 'quantity, value, num_items'],
  ['ttclid idfv gaid limited_data_use customer_type', 'ttclid, idfv, gaid, limited_data_use, customer_type'],
  ['jane@example.com is bad', undefined],
  ['EMAIL', undefined],
  ['', undefined],
  [undefined, undefined],
  [`${'x '.repeat(1000)}email`, undefined],
  [`${'x '.repeat(997)}email`, 'email'],
])('reads the fields that TikTok mentions in "%s" as %s', (message, fields) => {
  expect(mentionedFields(message)).toBe(fields);
});
