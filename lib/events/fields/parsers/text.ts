/** Parsers of texts: free text, the event's name, web addresses. */
import { trimText } from '../../../privacy/clean-text.ts';
import { holdsContact, holdsIdentifier, scrubUrl } from '../../../privacy/scrub-url.ts';
import { choiceOf } from '../../consent.ts';
import { standardNameMeant } from '../../standard-events.ts';
import type { FieldParser } from '../field.ts';

/** Why a text is omitted that would leave in clear text. */
export const identifierInText = 'this text contains an e-mail address or a phone number';

/** Free text: sent without space around it. */
export const parseText: FieldParser<string, string> = (value) => value.trim();

/** Cuts a text at a length in UTF-16 units, never inside a character; broken characters are replaced. */
export function cutText(text: string, maxLength: number): string {
  const cut = text.length > maxLength ? text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '') : text;
  return cut.toWellFormed();
}

/** @returns a parser of text that leaves as it is; one with an e-mail address or a phone number is omitted */
const clearTextParser =
  (holds: (text: string) => boolean): FieldParser<string, string> =>
  (value, context, field) =>
    holds(value)
      ? context.omit('identifier_in_text', identifierInText, field)
      : parseText(value, context, field);

/** Search terms: visitors type anything. */
export const parseSearch = clearTextParser(holdsIdentifier);
export const parseClearText = clearTextParser(holdsContact);

/** A word that is neither is a mistake; where mistakes are omitted, it counts as a refusal: it is not consent. */
export const parseConsent: FieldParser<boolean | number | string, 'granted' | 'denied'> = (
  value,
  context,
  field,
) => {
  const choice = choiceOf(String(value));
  if (choice === undefined) context.reject('invalid_value', 'expected granted or denied', field);
  return choice ?? 'denied';
};

/** Never renamed: TikTok deduplicates on name and id, so the name must equal the pixel's. */
export const parseEventName: FieldParser<string, string> = (value, context, field) => {
  const name = value.trim();
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

/** Absolute http(s) addresses, without the e-mail addresses and phone numbers in them. */
export const parseUrl: FieldParser<string, string> = (value, context, field) => {
  const given = trimText(value);
  if (!webAddress.test(given) || !URL.canParse(given))
    return context.omit('invalid_url', 'expected an absolute http or https address', field);
  const { url, isScrubbed } = scrubUrl(given);
  if (isScrubbed)
    context.warn(
      'identifier_removed',
      'this address contained an e-mail address, a phone number or a login, which was removed',
      field,
    );
  return url;
};
