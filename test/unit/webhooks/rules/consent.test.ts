import { expect, test } from 'vitest';
import { grantingWords } from '../../../../lib/events/consent.ts';
import { readChoice } from '../../../../lib/webhooks/rules/consent.ts';

test.each([...grantingWords])('reads the word %s as consent in upper and lower case', (word) => {
  expect(readChoice(new Map([['k', word.toUpperCase()]]), ['K'])).toBe('granted');
});

test.each(['denied', 'no', 'false', '0', 'off', 'opt_out', 'perhaps'])(
  'reads the word %s as a refusal of consent',
  (word) => {
    expect(readChoice(new Map([['k', word]]), ['k'])).toBe('denied');
  },
);

test('finds no choice of consent without one of its keys', () => {
  expect(readChoice(new Map([['other', 'yes']]), ['k'])).toBe('unknown');
});
