/** Whether a text is larger than a limit in UTF-8; most are so far below it that their bytes need not be counted. */

/** No character of UTF-16 takes more in UTF-8. */
export const maxBytesPerCharacter = 3;

export const exceedsBytes = (text: string, maxBytes: number): boolean =>
  text.length * maxBytesPerCharacter > maxBytes && Buffer.byteLength(text) > maxBytes;
