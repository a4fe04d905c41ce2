/** Laws of phones, for valid numbers of all countries: each way of writing a number gives the same E.164 form. */
import fc from 'fast-check';
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/metadata.max.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { toE164 } from '../../lib/privacy/phone.ts';
import { runs } from '../support/runs.ts';

const laws = runs(2_000);

const plans = getCountries().flatMap((country) => {
  const plan = metadata.countries[country];
  return plan === undefined ? [] : [{ country, code: plan[0], pattern: plan[2], trunkPrefix: plan[5] }];
});

/** A valid number of a country: E.164, 7 digits or more, and not one that the gateway takes for nobody's. */
const validNumber = fc.constantFrom(...plans).chain(({ pattern, ...plan }) =>
  fc
    .stringMatching(new RegExp(`^(?:${pattern})$`))
    .map((national) => ({ ...plan, phone: parsePhoneNumberFromString(`+${plan.code}${national}`) }))
    .filter(
      ({ code, phone }) =>
        phone?.isValid() === true &&
        /^\+\d{7,15}$/.test(phone.number) &&
        !/(\d)\1{5}$|12345678/.test(code + phone.nationalNumber),
    ),
);

test('converts each international way of writing a valid number to the same form, in any country', () => {
  fc.assert(
    fc.property(validNumber, fc.constantFrom(undefined, ...getCountries()), ({ phone }, here) => {
      const number = phone?.number ?? '';
      const written = phone?.formatInternational() ?? '';
      for (const text of [
        number,
        written,
        written.replaceAll(' ', '-'),
        written.replace('+', '00'),
        `(${written})`,
        phone?.getURI() ?? '',
        `${phone?.getURI()};ext=123`,
        `Mobile: ${written} (home)`,
        `${written} / +12133734253`,
        `${written}, +12133734253`,
        `\u200b${written}\u00a0`,
      ]) {
        expect(toE164(text, here), text).toBe(number);
      }
    }),
    laws,
  );
});

test('converts the digits of a valid number without its + to the same form when no country is known', () => {
  fc.assert(
    fc.property(validNumber, ({ phone }) => {
      expect(toE164((phone?.number ?? '').slice(1), undefined)).toBe(phone?.number);
    }),
    laws,
  );
});

test('converts the digits of a valid number without its + to the same form in its own country', () => {
  fc.assert(
    fc.property(validNumber, ({ phone, country }) => {
      expect(toE164((phone?.number ?? '').slice(1), country)).toBe(phone?.number);
    }),
    laws,
  );
});

test('converts a trunk prefix behind the country code to the form without it', () => {
  fc.assert(
    fc.property(validNumber, ({ phone, country, code, trunkPrefix: prefix }) => {
      fc.pre(typeof prefix === 'string');
      const { number = '', nationalNumber = '' } = phone ?? {};
      const withPrefix = `+${code}${prefix}${nationalNumber}`;
      // Where a number with the prefix is a number too, it stays.
      fc.pre(withPrefix.length <= 16 && parsePhoneNumberFromString(withPrefix)?.number === number);
      expect(toE164(withPrefix, country)).toBe(number);
      expect(toE164(`+${code} ${prefix} ${nationalNumber}`, country)).toBe(number);
    }),
    laws,
  );
});

test('never throws and gives a fixed point of itself or nothing, for any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.stringMatching(/^[+0-9 ()/,;x#.a-zA-Z\n-]{0,40}$/),
    fc.string({
      unit: fc.constantFrom(...'+0123456789 (0)/-,;\n\u0660\u0669\uff10\u200b\u0301exü@#%2B'),
      maxLength: 40,
    }),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(undefined, ...getCountries()), (raw, country) => {
      const phone = toE164(raw, country);
      if (phone === undefined) return;
      expect(phone).toMatch(/^\+[1-9]\d{6,14}$/);
      for (const there of [undefined, 'US', 'IT', country]) expect(toE164(phone, there)).toBe(phone);
    }),
    laws,
  );
});
