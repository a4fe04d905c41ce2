/** Text without what nobody typed: characters that no screen shows change a digest, and so match nobody. */

/** Format characters (`Cf`, such as U+200B, U+00AD and U+FEFF) and the other ignorable ones, such as variation selectors. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** @returns the text in Unicode's composed form (NFC), without invisible characters and without space around it */
export const cleanText = (text: string): string => text.replace(invisible, '').normalize('NFC').trim();
