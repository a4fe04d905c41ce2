import { expect, test } from 'vitest';
import { preferenceOf } from '../../../lib/ingest/preference.ts';

test.each([
  ['handling=strict', 'strict'],
  ['handling=lenient', 'lenient'],
  ['Handling="STRICT"', 'strict'],
  ['respond-async, handling=strict; foo=bar, wait=10', 'strict'],
  ['return=minimal,handling = lenient', 'lenient'],
  ['handling=lenient, handling=strict', 'lenient'],
])('reads the header Prefer: %s as %s', (header, expected) => {
  expect(preferenceOf(header)).toBe(expected);
});

test.each([
  undefined,
  '',
  'respond-async',
  'handling',
  'handling=harsh',
  'xhandling=strict',
  'a=handling=strict',
])('ignores the header Prefer: %s', (header) => {
  expect(preferenceOf(header)).toBeUndefined();
});
