/** The first usable value of each detail counts: a placeholder or an unreadable value never hides a good one. */
import { expect, test } from 'vitest';
import { describePerson, pickCountry, pickEmail, pickPhone } from '../../../lib/payload/person.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';

test.each([
  [['ada@example.com'], { value: 'ada@example.com', isOmitted: false }],
  [
    ['undefined', null, 'n/a', sha256('ada'), 'ada@example.com'],
    { value: 'ada@example.com', isOmitted: false },
  ],
  [['a@b@c', 'mailto:ada@example.com'], { value: 'mailto:ada@example.com', isOmitted: false }],
  [[`${'x'.repeat(320)}@example.com`, 'ada@example.com'], { value: 'ada@example.com', isOmitted: false }],
  [['undefined', '\u200b'], { isOmitted: true, isPlaceholder: true }],
  [['none', 'by phone'], { isOmitted: true }],
  [[null, undefined, '', ' ', '\u200b', {}], { isOmitted: false }],
])('picks the first e-mail address of %j', (candidates, picked) => {
  expect(pickEmail(candidates)).toEqual(picked);
});

test.each<[string, [unknown, unknown][], string | undefined, object]>([
  ['the country beside it', [['030 901820', 'DE']], 'US', { value: '+4930901820', isOmitted: false }],
  [
    'the default when it has no country',
    [['213 373 4253', ' ']],
    'US',
    { value: '+12133734253', isOmitted: false },
  ],
  ['no country when its own is unknown', [['213 373 4253', 'Atlantis']], 'US', { isOmitted: true }],
  [
    '+, whatever its country is',
    [['+12133734253', 'Atlantis']],
    'DE',
    { value: '+12133734253', isOmitted: false },
  ],
])('reads a phone with %s', (_how, candidates, fallback, picked) => {
  expect(pickPhone(candidates, fallback)).toEqual(picked);
});

test('picks the first usable phone behind placeholders', () => {
  const candidates = ['undefined', 'n/a', '0', '-', sha256('x'), '+12133734253'].map(
    (phone) => [phone, 'US'] as const,
  );
  expect(pickPhone(candidates, undefined)).toEqual({ value: '+12133734253', isOmitted: false });
});

test.each([
  [['de'], 'DE'],
  [[undefined, '', 'Atlantis', 'us'], 'US'],
  [[null, 'Atlantis', 'Mu2'], 'Atlantis'],
  [[null, '', ' '], undefined],
])('picks the country of %j as %j', (values, country) => {
  expect(pickCountry(...values)).toBe(country);
});

test('describes a person by the first name, place and country with content', () => {
  expect(
    describePerson([
      { firstName: '-', lastName: ' ', city: '\u200b', country: 'Atlantis' },
      { firstName: 'Ada', lastName: 'Null', city: 'London', country: 'GB' },
    ]),
  ).toEqual({ first_name: 'Ada', last_name: 'Null', city: 'London', country: 'GB' });
});
