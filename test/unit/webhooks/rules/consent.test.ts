import { expect, test } from 'vitest';
import { grantingWords, readChoice } from '../../../../lib/webhooks/rules/consent.ts';

test.each([...grantingWords])('takes the word %s for consent, in any case', (word) => {
  expect(readChoice(new Map([['k', word.toUpperCase()]]), ['K'])).toBe('granted');
});

test.each(['denied', 'no', 'false', '0', 'off', 'opt_out', 'perhaps'])(
  'takes the word %s for a refusal',
  (word) => {
    expect(readChoice(new Map([['k', word]]), ['k'])).toBe('denied');
  },
);

test('knows no choice without any of the keys', () => {
  expect(readChoice(new Map([['other', 'yes']]), ['k'])).toBe('unknown');
});
