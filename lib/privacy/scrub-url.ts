/** Web addresses and search terms without the e-mail addresses and phone numbers that pages put into them. */
import { ampersandEscapes, ignoredInUrls } from '../schema/url-parameters.ts';
import {
  holdsEmail,
  holdsPhone,
  holdsPhoneWithLostPlus,
  holdsPhoneWithPlus,
  nameStem,
  namesIdentifier,
} from './find-identifier.ts';

export interface ScrubbedUrl {
  readonly url: string;
  /** Whether something was removed. */
  readonly isScrubbed: boolean;
}

/**
 * Removes userinfo, and every parameter of query and fragment with an e-mail address or a phone number: in clear, encoded
 * once or more, or inside an address or JSON that is a parameter's value. A path segment with one becomes `removed`. All
 * else stays byte for byte. Base64 is read only below a name such as `email` or `phone`, and a digest stays.
 * @param url an absolute http or https address. Never throws.
 */
export function scrubUrl(url: string): ScrubbedUrl {
  if (!suspicious.some((trace) => trace.test(url))) return { url, isScrubbed: false };
  const given = url.replaceAll(ignoredInUrls, '').replaceAll(htmlAt, '@');
  const scrubbed = given.replace(
    parts,
    (_, scheme: string, host: string, path: string, rest: string) =>
      scheme + host + scrubPath(path) + scrubParameters(rest),
  );
  return scrubbed === given ? { url, isScrubbed: false } : { url: scrubbed, isScrubbed: true };
}

/** @returns true for a text that holds an e-mail address or a phone number, also an encoded one */
export const holdsIdentifier = (text: string): boolean =>
  mayHold.test(text) && (holdsEmail(text) || holdsPhone(text) || namesIdentifier(text));

/** @returns the same for data of products, where digits behind 00 are a GTIN */
export const holdsContact = (text: string): boolean =>
  mayHold.test(text) && (holdsEmail(text) || holdsPhoneWithPlus(text) || namesIdentifier(text));

/** Few texts have one of these signs, and every identifier does: only for speed. */
const mayHold = /[@+%\\&=:]|00|[^ -~]/;

/**
 * One of them matches every address that can hold an identifier, and few others: they run for every event, and separate
 * ones run four times as fast as one. Encoders leave letters and digits as they are, so encoded ones are suspicious too.
 */
const suspicious = [
  /[@\\ ]|[^ -~]|&#|&commat/i,
  /%(?:25)*(?:2[3b]|3\d|4|5[\dac]|6|7[\da]|ef|u0)/i,
  /(?:(?<![a-z\d])|%[\da-f]{2})\+|=%(?:25)*20/i,
  /(?:(?<![\w.-])|%[\da-f]{2})00[-+(./%1-9]/i,
  new RegExp(`(?:${nameStem})[\\w.%[\\]-]{0,40}(?:[=:]|%(?:25)*3[ad])`, 'i'),
];

/** An @ that HTML escaped. */
const htmlAt = /&(?:#0{0,4}64|#x0{0,4}40|commat);/gi;

/** Scheme, userinfo (not captured), host, path, and the rest from the first `?` or `#`; a backslash counts as a slash. */
const parts = /^((?:[a-z][a-z\d+.-]*:)?[\\/\s]*)(?:[^/\\?#]*@(?=[^/\\?#]))?([^/\\?#]*)([^?#]*)(.*)$/is;

const scrubPath = (path: string): string =>
  path.replaceAll(/[^/\\]+/g, (segment) => (holdsIdentifier(segment) ? 'removed' : segment));

/** One parameter with the sign in front of it; an `&` can be escaped more than once. */
const parameter = new RegExp(`(&(?:${ampersandEscapes})*|[?#;])([^&?#;]*)`, 'gi');

function scrubParameters(rest: string): string {
  let scrubbed = '';
  /** The sign of a removed first parameter, for the next one. */
  let freed = '';
  let isInQuery = false;
  for (const [, sign = '', piece = ''] of rest.matchAll(parameter)) {
    const kept = scrubParameter(piece);
    if (kept !== undefined) {
      scrubbed += joined(freed, sign) + kept;
      freed = '';
    } else if (sign === '#' || (sign === '?' && !isInQuery && freed !== '#')) freed = sign;
    isInQuery = sign === '?' || (isInQuery && sign !== '#');
  }
  return scrubbed;
}

function joined(freed: string, sign: string): string {
  if (freed === '' || sign === '#') return sign;
  if (sign === '?') return freed === '#' ? '#?' : '?';
  return freed;
}

/** @returns undefined for a parameter to remove; a route, such as the one in `#/orders/7`, is scrubbed as a path */
function scrubParameter(piece: string): string | undefined {
  // Only for speed: 4096 characters can be as many parameters.
  if (piece === '') return piece;
  const isRoute = piece.includes('/') && !/^[^/=]*=/.test(piece);
  if (isRoute) return scrubPath(piece);
  const decoded = decodeForm(piece);
  const isPersonal =
    holdsEmail(piece) || holdsPhone(decoded) || holdsPhoneWithLostPlus(decoded) || namesIdentifier(decoded);
  return isPersonal ? undefined : piece;
}

/** A form writes a space as `+`. Two of them are a space and the `+` of a phone number. */
const decodeForm = (piece: string): string =>
  piece.replaceAll(/\+\+?/g, (signs) => (signs === '++' ? ' +' : ' '));
