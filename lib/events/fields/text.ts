/** Parsers of texts: free text, the event's name, web addresses. */
import { standardNameMeant } from '../standard-events.ts';
import type { FieldParser } from './field.ts';

/** Free text: sent unchanged; an empty one is left out. */
export const parseText: FieldParser<string, string> = (value) => (value.trim() === '' ? undefined : value);

/** Cuts a text at a length in UTF-16 units, never inside a character; broken characters are replaced. */
export function cutText(text: string, maxLength: number): string {
  const cut = text.length > maxLength ? text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '') : text;
  return cut.toWellFormed();
}

/** Never renamed: TikTok deduplicates on name and id, so the name must equal the pixel's. */
export const parseEventName: FieldParser<string, string> = (value, context, field) => {
  const name = value.trim();
  if (name === '')
    return context.reject('empty', 'expected a name of 1 to 100 characters, such as Purchase', field);
  const meant = standardNameMeant(name);
  if (meant !== undefined) {
    context.warn(
      'resembles_standard_event',
      `sent as it is; TikTok's standard event is spelt ${meant}`,
      field,
    );
  }
  return name;
};

const webAddress = /^https?:/i;

/** Absolute http(s) addresses. */
export const parseUrl: FieldParser<string, string> = (value, context, field) => {
  const url = value.trim();
  if (webAddress.test(url) && URL.canParse(url)) return url;
  return context.reject('invalid_url', 'expected an absolute http or https address', field);
};
