/** What an invariant is: a function that looks at the books after a fact, or at the end, and says what is wrong. */
import type { Plan } from '../plan/plan.ts';
import type { Fact } from '../world-parts.ts';
import type { Account } from './account.ts';
import type { Invocation } from './invocation.ts';

export interface Sight {
  readonly plan: Plan;
  /** When the world started, in virtual Unix milliseconds. */
  readonly startMs: number;
  readonly nowMs: number;
  /** The invocations of the consumer that have not ended, by number. */
  readonly invocations: ReadonlyMap<number, Invocation>;
}

export type FactOf<Kind extends Fact['kind']> = Extract<Fact, { readonly kind: Kind }>;

/** @returns what is wrong, after the books contain the fact; undefined when nothing is */
export type FactCheck<Kind extends Fact['kind']> = (
  fact: FactOf<Kind>,
  account: Account,
  sight: Sight,
) => string | undefined;

/** @returns what is wrong with one event when the world is drained; undefined when nothing is */
export type EndCheck = (account: Account, sight: Sight) => string | undefined;

export interface Violation {
  readonly seed: number;
  /** The name of the invariant, which contains the number of its promise. */
  readonly invariant: string;
  /** The event; an empty text when there is none. */
  readonly key: string;
  readonly message: string;
}
