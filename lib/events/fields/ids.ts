/** Parsers of ids: integers become text. */
import type { FieldParser } from './field.ts';
import { parseText } from './text.ts';

type IdInput = string | number;

/** An empty id is left out. */
export const parseId: FieldParser<IdInput, string> = (value, context, field) =>
  parseText(String(value), context, field);

/** Passed through unchanged: a changed id breaks deduplication with the browser pixel. */
export const parseEventId: FieldParser<IdInput, string> = (value, context, field) =>
  value === ''
    ? context.reject('empty', 'expected an id of 1 to 256 characters; leave it out if there is none', field)
    : String(value);

/** A list of catalog ids; empty entries are left out. */
export const parseIds: FieldParser<IdInput[], string[]> = (list, context, field) => {
  const ids = list.map((id) => parseId(id, context, field)).filter((id) => id !== undefined);
  return ids.length > 0 ? ids : undefined;
};
