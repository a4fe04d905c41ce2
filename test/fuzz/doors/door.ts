/** A door takes one drawn body, and reports what breaks a promise. */
import type { Random } from '../../support/random.ts';
import type { Outside } from '../outside.ts';

export interface Knock {
  readonly random: Random;
  readonly outside: Outside;
  readonly find: (finding: string) => void;
}

export interface Ended {
  readonly bytes: number;
  /** Such as `api 202`. */
  readonly end: string;
  /** The body as text. */
  readonly text: string;
}

export type Door = (knock: Knock) => Promise<Ended>;

/** The moment of every body: 2026-11-20T12:00:00Z. */
export const nowMs = Date.UTC(2026, 10, 20, 12);
