/** Logs name the field that is wrong, and repeat no name that a producer may have made of a person. */
import { expect, test } from 'vitest';
import { loggableField } from '../../../../lib/events/fields/loggable-field.ts';
import { fieldNames } from '../../../../lib/events/fields/table.ts';

test.each([
  '',
  ...fieldNames,
  'contents[2].price',
  'app.app_id',
  'ad.callback',
  '(field 3)',
  'contents[0].(field 2)',
  'properties.(name)',
  'eMail',
  'eventName',
  'curency',
  'phone_number',
  'zip_code',
  'user_email',
])('shows the field path "%s" in logs', (path) => {
  expect(loggableField(path)).toBe(path);
});

test.each([
  ['jane_doe', '(name)'],
  ['JaneDoe', '(name)'],
  ['email_jane_doe', '(name)'],
  ['phone_4915', '(name)'],
  ['emai1', '(name)'],
  ['properties.jane_doe', 'properties.(name)'],
  ['contents[1].jane_doe', 'contents[1].(name)'],
  ['properties.jane_doe[3]', 'properties.(name)[3]'],
  ['jane@example.com', '(name).(name)'],
  ['(jane)', '(name)'],
  ['+491555129999', '(name)'],
])('shows the field path %s in logs as %s', (path, shown) => {
  expect(loggableField(path)).toBe(shown);
});
