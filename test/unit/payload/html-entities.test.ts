import { expect, test } from 'vitest';
import { decodeHtml } from '../../../lib/payload/html-entities.ts';

test.each([
  ['Ship &ndash; A &amp; B', 'Ship – A & B'],
  ['&#8211;&#x2013;&#X2013;', '–––'],
  ['&eacute;&Eacute;&szlig;&yuml;&iexcl;', 'éÉßÿ¡'],
  ['&amp;ndash;', '&ndash;'],
  ['&nothing; &toString; AT&T', '&nothing; &toString; AT&T'],
  ['&#0;&#9999999;', '&#0;&#9999999;'],
  ['<span class="x">Pen</span> 3 < 4', 'Pen 3 < 4'],
])('decodes %s to %s', (html, text) => {
  expect(decodeHtml(html)).toBe(text);
});
