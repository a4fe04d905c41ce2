/** Finds what can be phone numbers in a text that a person typed: past words, extensions and other digits. */
import { lazyPattern } from '../../schema/lazy/lazy-pattern.ts';
import { asciiDigits, cleanText } from '../clean-text.ts';

export interface Written {
  /** A number as the text has it: digits, spaces, punctuation and `+`. */
  readonly text: string;
  /** True when the text contains nothing else. */
  readonly isAlone: boolean;
  /** False in a text about something else, such as an order; then only a number with `+` or `00` is a phone. */
  readonly isPlain: boolean;
}

/** A longer text is a letter, not a field of a form; the limit also bounds the time. */
const maxLength = 256;
/** Most phones: the general way below gives the same for them, but slower. */
const nothingElse = /^[\d +()-]+$/;
/** What a number consists of. A comma, a semicolon, `#` and a new line separate it from an extension or from another number. */
const run = lazyPattern(String.raw`(?:[\d+~\u2212]|[^\S\r\n]|[^\P{P},;#@_])+`, 'gu');
const gluedBefore = lazyPattern(String.raw`[\p{L}\p{M}@_]$`, 'u');
const gluedAfter = lazyPattern(String.raw`^(?:[\p{L}\p{M}@_])`, 'u');
const extension = /^(?:x|ext\.?)\s*\d/i;
/** An amount or a large integer that became a fraction: pandas writes 491512082436.0. */
const fraction = /^(\s*\+?\d{7,})\.0+\s*$/;
const date =
  /^\s*(?:(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d)(?!\d)/;
const otherThanPhone = lazyPattern(
  String.raw`(?<!\p{L})(?:order|bestellung|bestell|commande|pedido|ordine|invoice|rechnung|facture|factura|fattura|ref|reference|id|no|nr|num|customer|kunde|client|account|konto|iban|vat|ust|tax|sku|zip|plz|date|datum)(?!\p{L})`,
  'iu',
);
const tollFree = /^(\+?1?(?:8(?:00|33|44|55|66|77|88)|900)|0800|1[38]00)([A-Z\d]*[A-Z]{3}[A-Z\d]*)$/;
/** The letters on the keys 2 to 9 of a phone. */
const keys = '22233344455566677778889999';

/** @returns the numbers in the order of the text; letters that stand for digits (`1-800-FLOWERS`) come last */
export function findNumbers(raw: string): readonly Written[] {
  if (raw.length > maxLength) return [];
  if (nothingElse.test(raw) && !date.test(raw)) return [{ text: raw.trim(), isAlone: true, isPlain: true }];
  const text = asciiDigits(cleanText(raw).normalize('NFKC')).replace(/%2B/gi, '+');
  const isPlain = !otherThanPhone().test(text);
  const runs = [...text.matchAll(run())].filter(([found]) => /\d/.test(found));
  const numbers = runs
    .filter((found) => isNumber(found, text))
    .map(([found]) => found.replace(fraction, '$1').trim());
  const isAlone = runs.length === 1 && runs[0]?.[0] === text;
  const vanity = digitsOfLetters(text);
  return [
    ...numbers.map((number) => ({ text: number, isAlone, isPlain })),
    ...(vanity === undefined ? [] : [{ text: vanity, isAlone: false, isPlain: true }]),
  ];
}

/** False for digits that are part of a word or of an id (`ORD-1234567`, `#1001`), and for a date. */
function isNumber(found: RegExpExecArray, text: string): boolean {
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  if (before.endsWith('#') || date.test(found[0])) return false;
  if (/^-?\d/.test(found[0]) && gluedBefore().test(before)) return false;
  return !(/\d-?$/.test(found[0]) && gluedAfter().test(after) && !extension.test(after));
}

function digitsOfLetters(text: string): string | undefined {
  const [, prefix, letters] = tollFree.exec(text.toUpperCase().replace(/[\s\p{P}]/gu, '')) ?? [];
  if (prefix === undefined || letters === undefined) return undefined;
  const digits = prefix + letters.replace(/[A-Z]/g, (letter) => keys.charAt(letter.charCodeAt(0) - 65));
  // North American numbers have ten digits behind the 1; callers may dial more (1-800-CONTACTS).
  return digits.replace(/^(\+?1?[89]\d{9})\d*$/, '$1');
}
