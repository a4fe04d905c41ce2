/**
 * E-mail addresses in the form that TikTok hashes: trimmed and in lower case. The decoration that links, mail programs
 * and lists put around an address is removed; the address itself keeps its dots, its plus and its accents.
 */
import { lazyPattern } from '../schema/lazy/lazy-pattern.ts';
import { cleanText, halfWidth } from './clean-text.ts';
import { isPlaceholder } from './placeholder.ts';

/** Most addresses need nothing but trimming and lower case. */
const normalForm = /^[a-z0-9][a-z0-9._%+-]*@[a-z0-9.-]*[a-z0-9]$/;
// One @ with text on both sides, without spaces and control characters. Unicode is allowed (RFC 6531).
const address = lazyPattern(String.raw`^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$`, 'u');
/** An address has at most 320 characters. The limit also bounds the time of the repairs. */
const maxLength = 1_000;

/** The entries of a list; a quoted name such as `"Lovelace, Ada"` does not end one. */
const entries = /(?:"[^"]*"|[^",;\n])+/g;
/** An address that was copied from a URL. */
const urlEncoded = /^[^\s@]+%40[^\s@]+$/;
const fullStop = /[\u3002\uFF61]/g;
const smallAt = /\uFE6B/g;

/** What surrounds an address, with its replacement. The repairs repeat until none applies, for a few rounds at most. */
const decorations: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/[.,;:!?\\'"`\u2018\u2019\u201C\u201D\u00BB\s]+$/, ''],
  // `Ada <ada@example.com>`, `ada@example.com (work)`, `Ada (ada@example.com)`
  [/^.*<(.*)>$/s, '$1'],
  [/^([^(]*@[^(]*)\(.*\)$/s, '$1'],
  [/^[^@(]*\(([^()]*)\)$/, '$1'],
  // A bracket or quote without its partner, unless it is part of `ada@[192.0.2.1]` or `"ada"@example.com`.
  [/(?:[>)}]|(?<!@\[.*)\])$/s, ''],
  [/^(?:[<([{\\'`\u2018\u201C\u201D\u201E\u00AB,;\s]|"(?!.*"@))+/s, ''],
  // A link's address ends at its query; directories write `smtp:`.
  [/^(?:mailto|smtp):(?:\/\/)?([^?]*).*$/is, '$1'],
];

/**
 * Repairs `mailto:ada@example.com?subject=…`, `"Ada" <ada@example.com>`, quotes and punctuation around an address,
 * full-width characters, `%40` and invisible characters. Of several addresses, separated by a comma, a semicolon or a
 * line, the first counts.
 * @returns the normal form, or undefined when the text is not an e-mail address
 */
export function normalizeEmail(raw: string): string | undefined {
  const trimmed = raw.trim().toLowerCase();
  if (normalForm.test(trimmed)) return trimmed;
  const text = raw.length > maxLength ? undefined : decodeUrl(toAscii(cleanText(raw)));
  if (text === undefined) return undefined;
  const isList = text.indexOf('@') !== text.lastIndexOf('@');
  return (isList ? undefined : readOne(text)) ?? readFirst(text);
}

/** No mail server takes other forms of these signs. */
const toAscii = (text: string): string => halfWidth(text).replaceAll(fullStop, '.').replaceAll(smallAt, '@');

/** @returns undefined for an encoding that is broken */
function decodeUrl(text: string): string | undefined {
  if (!urlEncoded.test(text)) return text;
  try {
    return cleanText(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}

/** Every other entry must be an address too, or stand for none: otherwise a second @ is a typing error. */
function readFirst(text: string): string | undefined {
  const found = (text.match(entries) ?? []).filter((entry) => !isPlaceholder(entry)).map(readOne);
  return found.includes(undefined) ? undefined : found[0];
}

function readOne(text: string): string | undefined {
  const email = undecorate(text)?.toLowerCase().normalize('NFC');
  return email !== undefined && address().test(email) ? email : undefined;
}

/** More layers are no program's quotes: 100 closing brackets took 30 ms. */
const maxRounds = 10;

/** @returns undefined for a text with more layers of decoration than any address has */
function undecorate(text: string): string | undefined {
  let bare = text;
  for (let round = 0; round < maxRounds; round += 1) {
    const before = bare;
    for (const [pattern, replacement] of decorations) bare = bare.replace(pattern, replacement);
    if (bare === before) return bare;
  }
  return undefined;
}
