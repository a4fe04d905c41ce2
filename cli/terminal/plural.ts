/** Numbers as a person reads them. */

/** `2,000`. */
export const countText = (count: number): string => count.toLocaleString('en-US');

/** A number with its noun: `1 event`, `2,000 events`. */
export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${countText(count)} ${count === 1 ? noun : nouns}`;
