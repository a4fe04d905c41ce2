/**
 * Finds the letters of one person by an e-mail address, a phone number or an external id: as raw text in any spelling that
 * the gateway reads, as the digest that a sender made of it, and as a part of an address or of a text that is no event.
 */
import { cleanText } from '../../../lib/privacy/clean-text.ts';
import { normalizeEmail } from '../../../lib/privacy/email.ts';
import { toE164 } from '../../../lib/privacy/phone.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { openEnvelopes } from '../../../lib/queue/envelope.ts';
import { parseJson } from '../../../lib/schema/parse-json.ts';
import type { DeadLetter } from '../dead-letter.ts';

interface Person {
  readonly email: string | undefined;
  /** E.164. */
  readonly phones: ReadonlySet<string>;
  readonly externalId: string;
  readonly digests: ReadonlySet<string>;
  /** Finds address or number inside a longer text. */
  readonly mention: RegExp | undefined;
}

/** @param countries in which a phone may be written without its country code */
export function personMatcher(value: string, countries: readonly string[]): (letter: DeadLetter) => boolean {
  const person = describe(value, countries);
  return ({ body }) => {
    const { content = body } = openEnvelopes(body, parseJson);
    for (const [name, text] of leaves(content)) if (isOf(person, name, text, countries)) return true;
    return false;
  };
}

function describe(value: string, countries: readonly string[]): Person {
  const email = value.includes('@') ? normalizeEmail(value) : undefined;
  const phones = email === undefined ? phonesIn(value, countries) : [];
  const externalId = cleanText(value);
  const forms = [externalId, ...(email === undefined ? [] : [email]), ...phones];
  return {
    email,
    phones: new Set(phones),
    externalId,
    digests: new Set(forms.map(sha256)),
    mention: mentionOf(email, phones),
  };
}

/** The characters around it must not make another address or number of it. */
function mentionOf(email: string | undefined, phones: readonly string[]): RegExp | undefined {
  if (email !== undefined)
    return new RegExp(String.raw`(?<![a-z0-9._%+-])${escapePattern(email)}(?![a-z0-9-]|\.[a-z0-9])`);
  const digits = phones.map((phone) => phone.slice(1));
  return digits.length === 0
    ? undefined
    : new RegExp(String.raw`(?<!\d)(?:00)?(?:${digits.join('|')})(?!\d)`);
}

const escapePattern = (text: string): string => text.replaceAll(/[^\w@]/gu, String.raw`\$&`);

const phonesIn = (text: string, countries: readonly string[]): string[] =>
  [undefined, ...countries].flatMap((country) => toE164(text, country) ?? []);

/** An id is compared only where ids of persons are: elsewhere the same digits are a price or a product. */
const isIdField = (name: string): boolean => /^(?:external_?id|customer_?id|user_?id)$/i.test(name);
const isPhoneField = (name: string): boolean => /phone|mobile|tel/i.test(name);

function isOf(person: Person, name: string, text: string, countries: readonly string[]): boolean {
  const { email, phones, externalId, digests, mention } = person;
  const lower = text.trim().toLowerCase();
  if (digests.has(lower) || mention?.test(decoded(lower)) === true) return true;
  if (email !== undefined) return text.includes('@') && normalizeEmail(text) === email;
  if (isIdField(name) && cleanText(text) === externalId) return true;
  return (
    phones.size > 0 &&
    isPhoneField(name) &&
    text.length <= longestPhone &&
    phonesIn(text, countries).some((phone) => phones.has(phone))
  );
}

const longestPhone = 64;

/** Addresses of pages write `ada%40example.com`. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replaceAll('%40', '@').replaceAll('%2b', '+');
  }
}

/** Every text and number in a JSON value, with the name of its field; those of a list have the name of the list. */
function* leaves(content: unknown): Generator<readonly [name: string, text: string]> {
  const open: [string, unknown][] = [['', content]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [name, value] = next;
    if (typeof value === 'string' || typeof value === 'number') yield [name, String(value)];
    else if (Array.isArray(value)) for (const item of value) open.push([name, item]);
    else if (typeof value === 'object' && value !== null)
      for (const entry of Object.entries(value)) open.push(entry);
  }
}
