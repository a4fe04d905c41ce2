/** TikTok's messages can echo what was sent. Only the names of known fields in them are kept. */

import type { FieldTable } from '../events/fields/field.ts';
import { fields } from '../events/fields/table.ts';
import { lazily } from '../schema/lazily.ts';

/** The parts of a request that are no fields of an event. */
const ofTheRequest = [
  'event_source',
  'event_source_id',
  'test_event_code',
  'data',
  'user',
  'properties',
  'page',
];

/** The names under which TikTok knows the fields of `table` and their parts. */
const namesAtTikTok = (table: FieldTable): ReadonlySet<string> =>
  new Set([
    ...ofTheRequest,
    ...Object.entries(table).flatMap(([name, { as = name, parts = {} }]) => [as, ...Object.keys(parts)]),
  ]);

const known = lazily(() => namesAtTikTok(fields));

const longestMessage = 2_000;
/** TikTok's usual words for a fault, in which `value` is no field. */
const phrase = /invalid value/gi;

/** @returns such as `contents, content_id`; undefined when the message names no field */
export function mentionedFields(message: string | undefined): string | undefined {
  if (message === undefined) return undefined;
  const words = message
    .slice(0, longestMessage)
    .replaceAll(phrase, ' ')
    .split(/[^a-z_]+/);
  const mentioned = [...new Set(words.filter((word) => known().has(word)))];
  return mentioned.length > 0 ? mentioned.join(', ') : undefined;
}
