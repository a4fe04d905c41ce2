/** The short way for national numbers gives what the library gives. */
import fc from 'fast-check';
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { toE164 } from '../../lib/privacy/phone.ts';
import { readPlainNumber } from '../../lib/privacy/plain-national-number.ts';

const countries = getCountries();
const digits = fc.stringMatching(/^[0-9]{4,12}$/);
const formats = [
  (d: string) => d,
  (d: string) => `(${d.slice(0, 3)}) ${d.slice(3, 6)}-${d.slice(6)}`,
  (d: string) => `${d.slice(0, 3)}.${d.slice(3, 6)}.${d.slice(6)}`,
  (d: string) => `${d.slice(0, 2)} ${d.slice(2, 5)} ${d.slice(5)}`,
];

describe('a national number that is read without the library', () => {
  it.each([
    ['2133734253', 'US', '+12133734253'],
    ['12133734253', 'US', undefined],
    ['1133734253', 'US', undefined],
    ['0112133734', 'US', undefined],
    ['0013373425', 'US', undefined],
    ['213373425', 'US', undefined],
    ['612345678', 'ES', '+34612345678'],
    ['32123456', 'DK', '+4532123456'],
    ['0198765432', 'BJ', '+2290198765432'],
    ['1512345678', 'DE', undefined],
    ['12', 'DE', undefined],
    ['123', 'DE', undefined],
    ['1234', 'DE', undefined],
    ['2133734253', 'XX', undefined],
    ['2133734253', undefined, undefined],
    ['21337a4253', 'US', undefined],
  ])('%s in %s: %s', (number, country, result) => {
    expect(readPlainNumber(number, country)).toBe(result);
  });

  it('is what the library reads, in every country', () => {
    let read = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...countries),
        digits,
        fc.constantFrom(...formats),
        (country, number, format) => {
          const plain = readPlainNumber(number, country);
          if (plain === undefined) return;
          read += 1;
          const library = parsePhoneNumberFromString(format(number), {
            defaultCountry: country,
            extract: false,
          });
          expect(library?.isPossible()).toBe(true);
          expect(plain).toBe(library?.number);
          expect(toE164(format(number), country)).toBe(plain);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(read, 'the short way is taken').toBeGreaterThan(100);
  });
});
