/** Laws of the normal forms, for any text. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { getCountries } from 'libphonenumber-js/min';
import { expect, test } from 'vitest';
import { toCountryCode } from '../../lib/privacy/country.ts';
import { normalizeEmail } from '../../lib/privacy/email.ts';
import { normalizeName, normalizePlace, normalizeZip } from '../../lib/privacy/names.ts';
import { toE164 } from '../../lib/privacy/phone.ts';
import { alpha2Codes } from '../../lib/privacy/places/country-codes.ts';
import { isDigest, looksLikeDigest, sha256 } from '../../lib/privacy/sha256.ts';
import { normalizeState } from '../../lib/privacy/state.ts';
import { runs } from '../support/runs.ts';

const laws = runs(2_000);
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.string({ unit: 'grapheme' }));
const phoneLike = fc.oneof(
  anyText,
  fc.stringMatching(/^[+0-9 ().x-]{0,24}$/),
  fc.stringMatching(/^(\+|00|0)?[0-9]{1,18}$/),
);
const zipOf = (code: string) => (zip: string) => normalizeZip(zip, code);
const stateOf = (code: string | undefined) => (state: string) => normalizeState(state, code);
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

test('keeps every digit of an international phone whose plan has no trunk prefix, whatever punctuation it contains', () => {
  const code = fc.constantFrom(
    '30',
    '34',
    '39',
    '45',
    '47',
    '48',
    '56',
    '65',
    '225',
    '351',
    '420',
    '852',
    '965',
  );
  const dressed = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('', ' ', '-', '.', '\u00a0', '\u2011')),
    { minLength: 6, maxLength: 12 },
  );
  fc.assert(
    fc.property(code, dressed, country, (first, rest, here) => {
      const digits = `${first}${rest.map(([digit]) => digit).join('')}`;
      // One repeated digit and 1234567890 are nobody's number.
      fc.pre(!/(\d)\1{5}$|12345678/.test(digits));
      expect(toE164(`+${first}${rest.map((pair) => pair.join('')).join('')}`, here)).toBe(`+${digits}`);
    }),
    laws,
  );
});

test('normalizes a normal form to itself', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const normalize of [
        normalizeName,
        normalizePlace,
        zipOf('DE'),
        zipOf('US'),
        stateOf('US'),
        stateOf(undefined),
      ]) {
        expect(normalize(normalize(text))).toBe(normalize(text));
        expect(normalize(text).normalize('NFC')).toBe(normalize(text));
      }
      const email = normalizeEmail(text);
      if (email !== undefined) expect(normalizeEmail(email)).toBe(email);
    }),
    laws,
  );
});

test('normalizes a decomposed text, one with invisible characters and the clean one alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const clean = text.normalize('NFC');
      for (const normalize of [normalizeName, normalizePlace, zipOf('US'), stateOf('US')]) {
        expect(normalize(text.normalize('NFD'))).toBe(normalize(clean));
        expect(normalize(`\u200b${clean}\ufeff\u00a0`)).toBe(normalize(clean));
      }
    }),
    laws,
  );
});

test('converts a country in any case, with an article and with space around it, to the same code', () => {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  fc.assert(
    fc.property(
      fc.constantFrom(...alpha2Codes),
      fc.constantFrom('', 'the ', ' The\u00a0'),
      (code, article) => {
        const name = names.of(code) ?? '';
        for (const text of [code, code.toLowerCase(), name, name.toUpperCase(), name.normalize('NFD')]) {
          expect(toCountryCode(text === code ? code : `${text.length > 2 ? article : ''}${text} `)).toBe(
            code,
          );
        }
      },
    ),
  );
});

test('gives a code of ISO 3166-1 or nothing for any text, and a code for itself', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const code = toCountryCode(text);
      if (code === undefined) return;
      expect(alpha2Codes.has(code)).toBe(true);
      expect(toCountryCode(code)).toBe(code);
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
