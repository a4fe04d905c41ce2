/** Laws of the normal forms, for any text. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { getCountries } from 'libphonenumber-js/min';
import { expect, test } from 'vitest';
import { normalizeEmail } from '../../lib/privacy/email.ts';
import { normalizeName, normalizePlace, normalizeZip } from '../../lib/privacy/names.ts';
import { toE164 } from '../../lib/privacy/phone.ts';
import { isDigest, looksLikeDigest, sha256 } from '../../lib/privacy/sha256.ts';
import { runs } from '../support/runs.ts';

const laws = runs(2_000);
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.string({ unit: 'grapheme' }));
const phoneLike = fc.oneof(
  anyText,
  fc.stringMatching(/^[+0-9 ().x-]{0,24}$/),
  fc.stringMatching(/^(\+|00|0)?[0-9]{1,18}$/),
);
const country = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<string>(...getCountries()),
  fc.string({ maxLength: 3 }),
);

test('converts any phone to E.164, which stays the same in any country, or to nothing, and never throws', () => {
  fc.assert(
    fc.property(phoneLike, country, country, (raw, here, there) => {
      const phone = toE164(raw, here);
      if (phone === undefined) return;
      expect(phone).toMatch(/^\+[1-9]\d{6,14}$/);
      expect(toE164(phone, there)).toBe(phone);
    }),
    laws,
  );
});

test('keeps every digit of an international phone, whatever punctuation it contains', () => {
  const dressed = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('', ' ', '-', '.', '/', '\u00a0', '\u2011')),
    { minLength: 6, maxLength: 14 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), dressed, country, (first, rest, here) => {
      const digits = `${first}${rest.map(([digit]) => digit).join('')}`;
      expect(toE164(`+${first}${rest.map((pair) => pair.join('')).join('')}`, here)).toBe(`+${digits}`);
    }),
    laws,
  );
});

test('normalizes a normal form to itself', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const normalize of [normalizeName, normalizePlace, (zip: string) => normalizeZip(zip, 'DE')]) {
        expect(normalize(normalize(text))).toBe(normalize(text));
      }
      const email = normalizeEmail(text);
      if (email !== undefined) expect(normalizeEmail(email)).toBe(email);
    }),
    laws,
  );
});

test('normalizes texts alike that differ in case or surrounding space', () => {
  const ascii = fc.stringMatching(/^[A-Za-z0-9]{1,20}$/);
  fc.assert(
    fc.property(ascii, (text) => {
      for (const normalize of [
        normalizeName,
        normalizePlace,
        normalizeEmail,
        (zip: string) => normalizeZip(zip, 'US'),
      ]) {
        expect(normalize(` ${text.toUpperCase()}\t`)).toBe(normalize(text.toLowerCase()));
      }
    }),
  );
});

test('digests like the standard library, in 64 lower-case hex characters that it recognizes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const digest = sha256(text);
      expect(digest).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      expect(isDigest(digest) && looksLikeDigest(digest.toUpperCase())).toBe(true);
      expect(isDigest(text)).toBe(/^[0-9a-f]{64}$/.test(text));
    }),
    laws,
  );
});
