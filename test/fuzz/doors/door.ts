/** A door takes one drawn body, and reports what breaks a promise. */
import type { Random } from '../../support/random.ts';
import type { Outside } from '../outside.ts';

export interface Knock {
  readonly random: Random;
  readonly outside: Outside;
  readonly find: (finding: string) => void;
}

/** @returns the size of the body, and how it ended, such as `api 202` */
export type Door = (
  knock: Knock,
) => Promise<{ readonly bytes: number; readonly end: string; readonly text: string }>;

/** The moment of every body: 2026-11-20T12:00:00Z. */
export const nowMs = Date.UTC(2026, 10, 20, 12);
