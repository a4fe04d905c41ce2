/** A short way through the code gives the same as the long one: for values of which most need no work, and for all others. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAmount } from '../../lib/events/fields/parsers/numbers.ts';
import { readTime } from '../../lib/events/time/read-time.ts';
import { asMoney } from '../../lib/payload/money.ts';

const numRuns = 2_000;

const none = () => undefined;
const context = { receivedAtMs: 0, country: undefined, reject: none, omit: none, warn: none };

/** Amounts in cents, sums and products with the noise of arithmetic, and any other number. */
const amount = fc.oneof(
  fc.nat().map((cents) => cents / 100),
  fc.maxSafeNat().map((cents) => cents / 100),
  fc.tuple(fc.nat(100_000), fc.nat(100)).map(([cents, count]) => (cents / 100) * count),
  fc.tuple(fc.nat(100_000), fc.nat(100_000)).map(([one, other]) => one / 100 + other / 1000),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, 0.07, 1.005, 13.950000000000001, 2 ** 53 + 2, 9_999_999_999_999.99, 1e300, 5e-324),
);

test('gives an amount in cents, and any other amount, to 15 digits', () => {
  fc.assert(
    fc.property(amount, (value) => {
      const expected = Number.isInteger(value) ? value : Number(value.toPrecision(15));
      expect(parseAmount(value, context, 'value')).toBe(expected);
    }),
    { numRuns },
  );
});

test('rounds an amount that is rounded already, and any other amount, by its first 15 digits', () => {
  const decimals = fc.constantFrom(['JPY', 1], ['USD', 100], ['KWD', 1000] as const);
  fc.assert(
    fc.property(amount, decimals, (value, [code, factor]) => {
      const shifted = Number((value * Number(factor)).toPrecision(15));
      expect(asMoney(value, code)?.amount).toBe(Math.round(shifted) / Number(factor));
    }),
    { numRuns },
  );
});

test('reads a time in the form of JavaScript as the same time in another form', () => {
  const digits = (max: number, length = 2) => fc.nat(max).map((part) => String(part).padStart(length, '0'));
  const time = fc.record({
    day: fc.tuple(digits(9999, 4), digits(13), digits(32)).map((parts) => parts.join('-')),
    clock: fc.tuple(digits(25), digits(61), digits(61)).map((parts) => parts.join(':')),
    fraction: fc.oneof(
      fc.constant(''),
      digits(999, 3).map((ms) => `.${ms}`),
    ),
  });
  fc.assert(
    fc.property(time, ({ day, clock, fraction }) => {
      expect(readTime(`${day}T${clock}${fraction}Z`)).toEqual(readTime(`${day} ${clock}${fraction}Z`));
    }),
    { numRuns },
  );
});
