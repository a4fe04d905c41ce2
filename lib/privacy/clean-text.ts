/** Removes what no reader sees from a text: characters that no screen shows, and other spellings of the same character. */
import { lazyPattern } from '../schema/lazy/lazy-pattern.ts';

/**
 * Unicode's ignorable characters, such as U+200B, U+00AD, U+FEFF and variation selectors, and the marks of annotations.
 * Not all of `Cf`: U+0600 and a few others are signs that a reader sees.
 */
const invisible = lazyPattern(String.raw`[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]`, 'gu');
const unseen = String.raw`[\s\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]`;
/** The same, or space, at either end. The lookbehind keeps the time linear: only the start of a run is tried. */
const around = lazyPattern(`^${unseen}+|(?<!${unseen})${unseen}+$`, 'gu');

/** Most texts: nothing in visible ASCII needs a change. */
const plain = /^[!-~]*$/;

/** @returns the text in Unicode's composed form (NFC), without invisible characters and without space around it */
export const cleanText = (text: string): string =>
  plain.test(text) ? text : text.replace(invisible(), '').normalize('NFC').trim();

/** @returns the text without space and invisible characters around it; those inside stay, such as the joiners of an emoji */
export const trimText = (text: string): string =>
  plain.test(text) ? text : text.trim().replaceAll(around(), '');

/**
 * One spelling of words, numbers and times that a program reads: full-width signs and the digits of every script become
 * ASCII, and U+2212 becomes a minus.
 */
export const plainSpelling = (text: string): string =>
  ascii.test(text) ? text.trim() : asciiDigits(cleanText(text.normalize('NFKC'))).replaceAll('\u2212', '-');

const ascii = /^[\x20-\x7e]*$/;

const fullWidth = /[\uFF01-\uFF5E]/g;

/** @returns the text with ASCII for its full-width signs, which keyboards for Chinese, Japanese and Korean type: `＠`, `４９` */
export const halfWidth = (text: string): string =>
  text.replaceAll(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** Unicode places the ten digits of a script at the start of a block of 16, or 6 behind it. */
export const asciiDigits = (text: string): string =>
  text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = Number(digit.codePointAt(0));
    const block = code & ~15;
    return String(code - (/\p{Nd}/u.test(String.fromCodePoint(block)) ? block : block + 6));
  });
