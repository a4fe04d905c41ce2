/** Clean text has no invisible characters, and one form of each letter. */
import { expect, test } from 'vitest';
import { cleanText, plainSpelling, trimText } from '../../../lib/privacy/clean-text.ts';

test.each([
  ['plain ASCII', 'ada@example.com', 'ada@example.com'],
  ['space around it', ' \t\u00a0Ada Lovelace\u3000\r\n', 'Ada Lovelace'],
  ['a zero-width space at its end', 'Ada\u200b', 'Ada'],
  ['a byte order mark', '\ufeffAda', 'Ada'],
  ['a soft hyphen', 'Love\u00adlace', 'Lovelace'],
  ['marks of direction', '\u202aAda\u202c\u200e\u2066\u2069\u061c', 'Ada'],
  ['a word joiner and joiners', 'A\u2060d\u200ca\u200d', 'Ada'],
  ['a Hangul filler', '\u3164Ada\u115f\u1160\uffa0', 'Ada'],
  ['a Mongolian vowel separator and a grapheme joiner', 'A\u180ed\u034fa', 'Ada'],
  ['tags and variation selectors', 'Ada\ufe0f\u{e0061}\u{e0100}', 'Ada'],
  ['marks of annotations', '\ufff9Ada\ufffa\ufffb', 'Ada'],
  ['a decomposed accent', 'Jose\u0301', 'José'],
  ['an accent behind an invisible character', 'Jose\u200b\u0301', 'José'],
  ['a decomposed Hangul syllable', '\u1112\u1161\u11ab', '한'],
  ['space that an invisible character hid', '\u200b Ada \u200b', 'Ada'],
  ['invisible characters only', '\u200b\u00ad\ufeff', ''],
  ['an emoji', '🎉 Ada', '🎉 Ada'],
  ['a visible sign of the category Cf', '\u0600123', '\u0600123'],
  ['a ligature, which is no spelling of two letters', 'ﬁ', 'ﬁ'],
])('cleans a text with %s', (_what, text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test.each([
  ['space and invisible characters', '\u200b \ufeff Ada \u00ad\n', 'Ada'],
  ['an emoji of several', ' 👨\u200d👩\u200d👧\u200b', '👨\u200d👩\u200d👧'],
  ['a decomposed accent', 'Jose\u0301', 'Jose\u0301'],
  ['visible ASCII only', 'Ada', 'Ada'],
])('trims a text with %s, and keeps the inside', (_what, text, trimmed) => {
  expect(trimText(text)).toBe(trimmed);
});

test.each([
  ['full-width signs', '２０２６－１１－２６', '2026-11-26'],
  ['a minus', '+05:30 \u221201:00', '+05:30 -01:00'],
  ['Arabic-Indic digits', '١٧٩٥', '1795'],
  ['Persian digits', '۱۷۹۵', '1795'],
  ['digits of Devanagari', '१७९५', '1795'],
  ['mathematical digits, of which five alphabets follow each other', '\u{1d7d8}\u{1d7e3}\u{1d7f5}', '019'],
  ['space around it', ' \u00a0true\u200b', 'true'],
])('gives %s the spelling of ASCII', (_what, text, plain) => {
  expect(plainSpelling(text)).toBe(plain);
});
