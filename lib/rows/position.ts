/**
 * How far the rows are settled: the greatest cursor value up to which everything is, and digests of the settled events at
 * and after this value. The value never passes now, or a row that the next run must read again.
 */
import type { FieldIssue } from '../events/issue.ts';

/** An event, or a row without one, in the order of the cursor. */
export interface Entry {
  readonly cursor: string;
  /** undefined for a row that the mapping filters: a second look at it changes nothing. */
  readonly digest: string | undefined;
  /** Why the cursor cannot move to this entry: it is later than now. */
  readonly fault: FieldIssue | undefined;
}

/** The value to start with, and the digests of what is settled at it and after it. */
export interface Start {
  readonly value?: string | undefined;
  readonly settled: readonly string[];
  readonly ahead?: readonly string[] | undefined;
}

/** @returns true for what an earlier run has settled */
export function createSettledCheck(start: Start): (entry: Entry) => boolean {
  const settled = new Set(start.settled);
  const ahead = new Set(start.ahead);
  return ({ cursor, digest = '' }) => (cursor === start.value && settled.has(digest)) || ahead.has(digest);
}

/** Moves from `start` with each settled entry, in the order of the cursor. */
export function createPosition(start: Start) {
  let { value } = start;
  let settled = new Set(start.settled);
  const ahead = new Set(start.ahead);
  let canMove = true;
  return {
    /** From here on, the value stays where it is. */
    stay: (): void => {
      canMove = false;
    },
    settle: ({ cursor, digest, fault }: Entry): void => {
      if (!canMove || fault !== undefined) {
        if (digest !== undefined) ahead.add(digest);
        return;
      }
      if (cursor !== value) settled = new Set();
      value = cursor;
      if (digest === undefined) return;
      settled.add(digest);
      ahead.delete(digest);
    },
    countAhead: (): number => ahead.size,
    stored: (): Start => ({ value, settled: [...settled], ahead: [...ahead] }),
  };
}
