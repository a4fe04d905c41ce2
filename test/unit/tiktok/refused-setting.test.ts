/** A refusal that names a setting of the destination is no fault of an event, whatever words TikTok chooses. */
import { expect, test } from 'vitest';
import { refusedSetting } from '../../../lib/tiktok/refused-setting.ts';

test.each([
  ['Invalid value for event_source_id: not a valid string.', 'event_source_id'],
  ["Invalid value for 'event_source_id': not a valid string.", 'event_source_id'],
  ['Invalid value for body.event_source_id: not a valid string.', 'event_source_id'],
  ['event_source_id: Not a valid string', 'event_source_id'],
  ['`event_source_id`: required', 'event_source_id'],
  ['Invalid event_source_id', 'event_source_id'],
  ['INVALID EVENT_SOURCE_ID', 'event_source_id'],
  ['Missing required field: event_source_id', 'event_source_id'],
  ['The event request has an invalid event_source_id', 'event_source_id'],
  ['Invalid request data: event_source_id should be a string', 'event_source_id'],
  ['data: event_source_id is required', 'event_source_id'],
  ['event_source_id does not exist, so the data of the event has no value', 'event_source_id'],
  ['Invalid event source id', 'event_source_id'],
  ['eventSourceId is invalid', 'event_source_id'],
  ['Invalid pixel code', 'event_source_id'],
  ['Invalid pixel_code: C4ABCDEF', 'event_source_id'],
  ['Pixel not found', 'event_source_id'],
  ['The offline event set does not exist', 'event_source_id'],
  ['No permission for event set id 7001', 'event_source_id'],
  ['Invalid value for event_source: must be one of web, app, offline, crm.', 'event_source'],
  ['event_source: Must be one of web, app, offline, crm', 'event_source'],
  ['Param error: event_source must be one of web, app, email', 'event_source'],
  ['Invalid event source', 'event_source'],
  ['Invalid value for test_event_code: not a valid string.', 'test_event_code'],
  ['test_event_code: longer than maximum length 64', 'test_event_code'],
  ['The test event code is expired', 'test_event_code'],
])('reads in the message "%s" the setting %s', (message, setting) => {
  expect(refusedSetting(message, false)).toBe(setting);
});

test.each([
  undefined,
  '',
  'Invalid parameters',
  'Invalid value for event_id: not a valid string.',
  'Invalid value for event: not a valid string.',
  'Invalid value for event: not supported by event_source web',
  'Invalid value for context: no event_source_id',
  'value: event_source_id C4ABC takes no text',
  'Batch.3.event_source_id: Unknown field',
  'data.3.event: not supported for event_source offline',
  'data[3].event_source_id is not known',
  'data.event_source_id: Unknown field',
  'Event 3 has no event_source_id',
  'events[0] event_source: wrong',
  'event_id: must not equal event_source_id',
  'event: event_source web does not take it',
  'properties.value: event_source_id C4ABC needs a number',
  'For event_source app, the field app.app_id is required',
  'Unsupported event for event_source offline',
  'The event name is not supported for event_source app',
  'Currency XXX is not supported for event_source_id C4ABC',
  'lead_event_source: too long',
])('reads no setting in the message "%s"', (message) => {
  expect(refusedSetting(message, false)).toBeUndefined();
});

test.each([
  ['Invalid value for test_event_code: not a valid string.', undefined],
  ['test_event_code does not belong to event_source_id C4ABC', undefined],
  ['Invalid value for event_source_id: not a valid string.', 'event_source_id'],
])('takes the test code in "%s" for the fault of events that chose it: %s', (message, setting) => {
  expect(refusedSetting(message, true)).toBe(setting);
});

test('reads the first 2,000 characters of a message', () => {
  expect(refusedSetting(`${'x'.repeat(1_984)} event_source_id`, false)).toBe('event_source_id');
  expect(refusedSetting(`${'x'.repeat(1_985)} event_source_id`, false)).not.toBe('event_source_id');
});
