import { expect, test } from 'vitest';
import { fromMinorUnits } from '../../../lib/payload/money.ts';

test.each<[number, string, Readonly<Record<string, number>>, number]>([
  [1999, 'USD', {}, 19.99],
  [1, 'EUR', {}, 0.01],
  [800, 'JPY', {}, 800],
  [1234, 'KWD', {}, 1.234],
  [500, 'ISK', {}, 500],
  [500, 'ISK', { ISK: 2 }, 5],
  [500, 'USD', { ISK: 2 }, 5],
])('reads %d minor units of %s, with the exceptions %j, as %d', (amount, currency, exceptions, expected) => {
  expect(fromMinorUnits(amount, currency, exceptions)?.amount).toBe(expected);
});
