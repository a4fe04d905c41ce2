/** Whatever a platform computes: an amount goes out with the decimals of its currency, and rounding it again changes nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asMoney, fromMinorUnits } from '../../lib/payload/money.ts';

const currency = fc.constantFrom(...(['USD', 'JPY', 'KWD', 'EUR'] as const));
const decimals = { USD: 2, EUR: 2, JPY: 0, KWD: 3 } as const;

test('rounds any amount to the decimals of its currency, and a rounded one to itself', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), currency, (amount, code) => {
      const rounded = asMoney(amount, code)?.amount ?? Number.NaN;
      expect(String(rounded)).toMatch(new RegExp(`^\\d+(\\.\\d{1,${decimals[code] || 1}})?$`));
      expect(Math.abs(rounded - amount)).toBeLessThanOrEqual(0.5 / 10 ** decimals[code] + 1e-6);
      expect(asMoney(rounded, code)?.amount).toBe(rounded);
      expect(asMoney(rounded.toFixed(decimals[code]), code)?.amount).toBe(rounded);
    }),
  );
});

test('reads an amount in the smallest unit as the same amount in the main unit', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000_000 }), currency, (units, code) => {
      const text = (units / 10 ** decimals[code]).toFixed(decimals[code]);
      expect(fromMinorUnits(units, code)).toEqual(asMoney(text, code));
    }),
  );
});
