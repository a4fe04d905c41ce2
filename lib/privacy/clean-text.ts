/** Removes the characters that no screen shows. One of them in a text changes its digest, which then matches nobody. */

/**
 * Unicode's ignorable characters, such as U+200B, U+00AD, U+FEFF and variation selectors, and the marks of annotations.
 * Not all of `Cf`: U+0600 and a few others are signs that a reader sees.
 */
const invisible = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;

/** Most texts: nothing in visible ASCII needs a change. */
const plain = /^[!-~]*$/;

/** @returns the text in Unicode's composed form (NFC), without invisible characters and without space around it */
export const cleanText = (text: string): string =>
  plain.test(text) ? text : text.replace(invisible, '').normalize('NFC').trim();
