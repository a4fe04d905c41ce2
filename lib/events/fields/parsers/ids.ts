/** Parsers of ids: integers become text. */
import type { FieldParser } from '../field.ts';
import { parseEach } from './list.ts';
import { parseText } from './text.ts';

type IdInput = string | number;

export const parseId: FieldParser<IdInput, string> = (value, context, field) =>
  parseText(String(value), context, field);

/** Passed through unchanged: a changed id breaks deduplication with the browser pixel. */
export const parseEventId: FieldParser<IdInput, string> = (value) => String(value);

/** A list of catalog ids. */
export const parseIds = parseEach(parseId);
