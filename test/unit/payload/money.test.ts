import { describe, expect, test } from 'vitest';
import { asMoney, firstMoney, fromMinorUnits, priceIn } from '../../../lib/payload/money.ts';

test.each<[number, string, Readonly<Record<string, number>>, number]>([
  [1999, 'USD', {}, 19.99],
  [1, 'EUR', {}, 0.01],
  [800, 'JPY', {}, 800],
  [1234, 'KWD', {}, 1.234],
  [500, 'ISK', {}, 500],
  [500, 'ISK', { ISK: 2 }, 5],
  [500, 'USD', { ISK: 2 }, 5],
  [1999.5, 'USD', {}, 20],
])('reads %d minor units of %s, with the exceptions %j, as %d', (amount, currency, exceptions, expected) => {
  expect(fromMinorUnits(amount, currency, exceptions)?.amount).toBe(expected);
});

test.each<[unknown, string, number]>([
  [14.950000000000001, 'EUR', 14.95],
  ['14.950000000', 'EUR', 14.95],
  [1.005, 'usd', 1.01],
  [2.675, 'USD', 2.68],
  [10 / 3, 'USD', 3.33],
  [1499.5, 'JPY', 1500],
  [1499.4, 'KRW', 1499],
  [1.2345, 'KWD', 1.235],
  [1e14, 'USD', 1e14],
  [0, 'USD', 0],
])('rounds the amount %d %s to the decimals of its currency', (amount, currency, expected) => {
  expect(asMoney(amount, currency)?.amount).toBe(expected);
});

describe('the first money', () => {
  const usd = { amount: 5, currency: 'USD' };
  const eur = { amount: 4, currency: 'EUR' };
  const bgn = { amount: 8, currency: 'BGN' };
  const unreadable = { amount: undefined, currency: 'USD' };

  test.each([
    ['is the configured one when TikTok takes its currency', [eur, usd], eur],
    ['is the other one when TikTok does not take the currency', [bgn, usd], usd],
    ['is the other one when the configured one is not there', [undefined, usd], usd],
    ['is the other one when the configured one cannot be read', [unreadable, eur], eur],
    ['is a readable one when TikTok takes none', [unreadable, bgn], bgn],
    ['is the configured one when TikTok takes none', [bgn, { amount: 1, currency: 'GEL' }], bgn],
    ['is the one that cannot be read when there is no other', [undefined, unreadable], unreadable],
    ['is none when there is none', [undefined], undefined],
  ])('%s', (_rule, candidates, expected) => {
    expect(firstMoney(...candidates)).toBe(expected);
  });
});

test.each<[string, string | undefined, readonly (readonly [unknown, unknown])[], unknown]>([
  [
    'takes the price in the currency of the value',
    'USD',
    [
      ['9', 'BGN'],
      ['5.00', 'usd'],
    ],
    5,
  ],
  ['takes none in another currency', 'USD', [['9', 'BGN']], undefined],
  ['takes none whose currency is not known', 'USD', [['9', undefined]], undefined],
  ['takes none without a value', undefined, [['9', undefined]], undefined],
  ['rounds', 'USD', [[14.950000000000001, 'USD']], 14.95],
  [
    'prefers a price that can be read',
    'USD',
    [
      ['9,00', 'USD'],
      ['9.00', 'USD'],
    ],
    9,
  ],
  ['keeps one that cannot be read, so that it is named', 'USD', [['9,00', 'USD']], '9,00'],
  [
    'names the price that is there, not the empty one',
    'USD',
    [
      ['', 'USD'],
      ['9,00', 'USD'],
    ],
    '9,00',
  ],
  [
    'passes over an empty price',
    'USD',
    [
      ['', 'USD'],
      [null, 'USD'],
      ['9', 'USD'],
    ],
    9,
  ],
])('the price of a line: %s', (_rule, currency, candidates, expected) => {
  expect(priceIn(currency, ...candidates)).toBe(expected);
});
