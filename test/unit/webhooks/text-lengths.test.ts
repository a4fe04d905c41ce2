import { expect, test } from 'vitest';
import { eventSchema } from '../../../lib/events/fields/table.ts';
import { maxLengths } from '../../../lib/webhooks/text-lengths.ts';

test.each(Object.entries(maxLengths))('cuts %s at the limit of its field', (name, length) => {
  const parse = (text: string) => eventSchema().safeParse({ event_name: 'X', [name]: text }).success;
  expect([parse('x'.repeat(length)), parse('x'.repeat(length + 1))]).toEqual([true, false]);
});
