/** Readers of the fields that say who the person is. Values stay raw here: the consumer hashes them. */
import { isIP } from 'node:net';
import { normalizeEmail } from '../../privacy/email.ts';
import { toE164 } from '../../privacy/phone.ts';
import { isDigest, looksLikeDigest } from '../../privacy/sha256.ts';
import type { Reader, Reading } from './reading.ts';

type OneOrMore<T> = T | T[];

/** Reads each entry of a value that is one entry or a list; the canonical value keeps that form. None is left out: `readOne` takes an entry or rejects it. */
const each =
  <T>(readOne: (value: T, reading: Reading, field: string) => string | undefined): Reader<OneOrMore<T>> =>
  (value, reading, field) => {
    if (!Array.isArray(value)) return readOne(value, reading, field);
    return value.map((entry, index) => readOne(entry, reading, `${field}[${index}]`));
  };

const refuseDigest = (kind: 'email' | 'phone', reading: Reading, field: string): undefined =>
  reading.reject(
    'digest_in_raw_field',
    `this is a SHA-256 digest: send it as hashed_${kind}, in lower case`,
    field,
  );

export const readEmail = each<string>((value, reading, field) => {
  if (looksLikeDigest(value)) return refuseDigest('email', reading, field);
  if (normalizeEmail(value) !== undefined) return value;
  return reading.reject(
    'invalid_email',
    'expected an e-mail address: text, one @, text, and no spaces inside',
    field,
  );
});

/** Phones leave this reader as E.164, so that the consumer need not parse them again. */
export const readPhone = each<string | number>((value, reading, field) => {
  const raw = String(value);
  if (looksLikeDigest(raw)) return refuseDigest('phone', reading, field);
  const phone = toE164(raw, reading.country);
  if (phone !== undefined) return phone;
  const remedy = 'send it as + with country code, or the two-letter country beside it';
  return reading.reject('invalid_phone', `no international phone number can be made of it: ${remedy}`, field);
});

export const readExternalId = each<string | number>((value, reading, field) => {
  const id = String(value);
  if (id.trim() === '') return reading.reject('empty', 'expected an id of at least one character', field);
  if (looksLikeDigest(id)) {
    reading.warn(
      'looks_hashed',
      'this looks like a digest and is hashed again: hashed_external_id passes it on',
      field,
    );
  }
  return id;
});

export const readDigest = each<string>((value, reading, field) => {
  if (isDigest(value)) return value;
  return reading.reject('invalid_digest', 'expected a SHA-256 digest: 64 lower-case hex characters', field);
});

export const readIp: Reader<string> = (value, reading, field) => {
  const ip = value.trim();
  // Node takes a zone (`fe80::1%eth0`) for part of an address; it means something on the sender's machine only.
  if (isIP(ip) !== 0 && !ip.includes('%')) return ip;
  return reading.reject('invalid_ip', "expected the visitor's IPv4 or IPv6 address", field);
};
