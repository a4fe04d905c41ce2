/** Reads the values of a log line: texts, numbers and lists of words. */

export type Fields = Readonly<Record<string, unknown>>;

/** What every line has. */
export interface Common {
  readonly atMs: number;
  readonly traces: readonly string[];
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

export const wordsOf = (value: unknown): string[] => textOf(value)?.split(' ') ?? [];

export const entryOf = (word: string): string | undefined => (word === '-' ? undefined : word);

/** The fingerprints of one entry of `order`. */
export const fingerprintsIn = (entry: string): string[] =>
  entry === '' || entry === '-' ? [] : entry.split(',');
