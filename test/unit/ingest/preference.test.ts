import { expect, test } from 'vitest';
import { preferenceOf } from '../../../lib/ingest/preference.ts';

test.each([
  ['handling=strict', 'strict'],
  ['handling=lenient', 'lenient'],
  ['Handling="STRICT"', 'strict'],
  ['respond-async, handling=strict; foo=bar, wait=10', 'strict'],
  ['return=minimal,handling = lenient', 'lenient'],
  ['handling=lenient, handling=strict', 'lenient'],
  ['a="x, y", handling=strict', 'strict'],
  ['a="x\\", y", handling=strict;', 'strict'],
  ['handling=strict ; a="b"', 'strict'],
  ['handling=harsh, handling=strict,', 'strict'],
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
  'a; handling=strict',
  'a="b, handling=strict"',
  'a="b\\", handling=strict"',
  'a="b; handling=strict; c"',
  'handling=strictly',
  'handling="strict',
])('ignores the header Prefer: %s', (header) => {
  expect(preferenceOf(header)).toBeUndefined();
});
