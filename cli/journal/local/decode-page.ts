/** Decodes a page of `/_sandbox/journal`: `{"lines":[{"seq":1,"line":{…}}],"next":1,"dropped":0}`. */
import { isObject } from '../../../lib/schema/is-object.ts';

/** A line of the journal as flat JSON. */
export type LineFields = Readonly<Record<string, unknown>>;

export interface JournalPage {
  readonly lines: readonly LineFields[];
  /** For the next page. */
  readonly next: number;
}

/** @returns undefined for the answer of another program */
export function decodePage(page: unknown): JournalPage | undefined {
  if (!isObject(page) || !Array.isArray(page.lines) || typeof page.next !== 'number') return undefined;
  const entries: readonly unknown[] = page.lines;
  return {
    lines: entries.flatMap((entry) => (isObject(entry) && isObject(entry.line) ? [entry.line] : [])),
    next: page.next,
  };
}
