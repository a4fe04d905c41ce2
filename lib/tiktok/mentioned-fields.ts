/** TikTok's messages can echo what was sent. Only the names of known fields in them are kept. */

import type { FieldTable } from '../events/fields/field.ts';
import { fields } from '../events/fields/table.ts';
import { lazily } from '../schema/lazy/lazily.ts';

/** The names in a request that are not event fields. */
const requestNames = [
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
    ...requestNames,
    ...Object.entries(table).flatMap(([name, { as = name, parts = {} }]) => [as, ...Object.keys(parts)]),
  ]);

const known = lazily(() => namesAtTikTok(fields));

/** True for a name of a field at TikTok, in TikTok's spelling. */
export const isKnownField = (name: string): boolean => known().has(name);

/** Characters of a message that are read. */
export const longestMessage = 2_000;
/** TikTok's usual phrase for a wrong value, in which `value` is not a field. */
const phrase = /invalid value/gi;

/** @returns field names such as `contents, content_id`; undefined when the message contains none */
export function mentionedFields(message: string | undefined): string | undefined {
  if (message === undefined) return undefined;
  const words = message
    .slice(0, longestMessage)
    .replaceAll(phrase, ' ')
    .split(/[^a-z_]+/);
  const mentioned = [...new Set(words.filter((word) => known().has(word)))];
  return mentioned.length > 0 ? mentioned.join(', ') : undefined;
}
