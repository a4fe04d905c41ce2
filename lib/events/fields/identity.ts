/** Parsers of the fields that say who the person is. Values stay raw here: the consumer hashes them. */
import { isIP } from 'node:net';
import { normalizeEmail } from '../../privacy/email.ts';
import { toE164 } from '../../privacy/phone.ts';
import { isDigest, looksLikeDigest } from '../../privacy/sha256.ts';
import type { FieldContext, FieldParser } from './field.ts';

type OneOrMore<T> = T | T[];

/** Parses each entry of a value that is one entry or a list; the canonical value keeps that form. */
const each =
  <T>(parseOne: FieldParser<T, string>): FieldParser<OneOrMore<T>, OneOrMore<string>> =>
  (value, context, field) => {
    if (!Array.isArray(value)) return parseOne(value, context, field);
    const entries = value.map((entry, index) => parseOne(entry, context, `${field}[${index}]`));
    const usable = entries.filter((entry) => entry !== undefined);
    return usable.length > 0 ? usable : undefined;
  };

const rejectDigest = (kind: 'email' | 'phone', context: FieldContext, field: string): undefined =>
  context.reject(
    'digest_in_raw_field',
    `this is a SHA-256 digest: send it as hashed_${kind}, in lower case`,
    field,
  );

export const parseEmail = each<string>((value, context, field) => {
  if (looksLikeDigest(value)) return rejectDigest('email', context, field);
  if (normalizeEmail(value) !== undefined) return value;
  return context.reject(
    'invalid_email',
    'expected an e-mail address: text, one @, text, and no spaces inside',
    field,
  );
});

/** Phones become E.164 here, so that the consumer need not parse them again. */
export const parsePhone = each<string | number>((value, context, field) => {
  const raw = String(value);
  if (looksLikeDigest(raw)) return rejectDigest('phone', context, field);
  const phone = toE164(raw, context.country);
  if (phone !== undefined) return phone;
  const remedy = 'send it as + with country code, or the two-letter country beside it';
  return context.reject('invalid_phone', `no international phone number can be made of it: ${remedy}`, field);
});

export const parseExternalId = each<string | number>((value, context, field) => {
  const id = String(value);
  if (id.trim() === '') return context.reject('empty', 'expected an id of at least one character', field);
  if (looksLikeDigest(id)) {
    context.warn(
      'looks_hashed',
      'this looks like a digest and is hashed again: hashed_external_id passes it on',
      field,
    );
  }
  return id;
});

export const parseDigest = each<string>((value, context, field) => {
  if (isDigest(value)) return value;
  return context.reject('invalid_digest', 'expected a SHA-256 digest: 64 lower-case hex characters', field);
});

export const parseIp: FieldParser<string, string> = (value, context, field) => {
  const ip = value.trim();
  // Node accepts a zone (`fe80::1%eth0`) as part of an address; it has a meaning on the sender's machine only.
  if (isIP(ip) !== 0 && !ip.includes('%')) return ip;
  return context.reject('invalid_ip', "expected the visitor's IPv4 or IPv6 address", field);
};
