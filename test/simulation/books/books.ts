/** The books of a run: every fact is entered as it happens, and the invariants look at it at once. The first violation stays. */
import type { Trace } from '../engine/trace.ts';
import type { Plan } from '../plan/plan.ts';
import type { Fact } from '../world-parts.ts';
import { type Account, createAccount } from './account.ts';
import type { FactCheck, FactOf, Sight, Violation } from './check.ts';
import { enter } from './enter.ts';
import { endChecks, factChecks } from './invariants.ts';
import type { Invocation } from './invocation.ts';

export interface Books {
  readonly witness: (fact: Fact) => void;
  /** Checks every event once the world is drained, unless there is a violation already. */
  readonly close: () => void;
  readonly violation: () => Violation | undefined;
  /** A violation that is no fact, such as a world that does not come to rest. */
  readonly violate: (invariant: string, message: string, key?: string) => void;
  /** How many events senders tried to send, and how many calls TikTok got. */
  readonly counts: () => { readonly events: number; readonly calls: number };
}

export interface BooksSettings {
  readonly plan: Plan;
  readonly trace: Trace;
  readonly now: () => number;
}

export function createBooks({ plan, trace, now }: BooksSettings): Books {
  const accounts = new Map<string, Account>();
  const invocations = new Map<number, Invocation>();
  const startMs = now();
  let calls = 0;
  let violation: Violation | undefined;

  const accountOf = (key: string): Account => {
    const account = accounts.get(key) ?? createAccount(key);
    accounts.set(key, account);
    return account;
  };
  const sight = (): Sight => ({ plan, startMs, nowMs: now(), invocations });
  const violate: Books['violate'] = (invariant, message, key = '') => {
    violation ??= { seed: plan.seed, invariant, key, message };
  };

  function check<Kind extends Fact['kind']>(fact: FactOf<Kind>, kind: Kind, account: Account): void {
    const checks: readonly FactCheck<Kind>[] | undefined = factChecks[kind];
    for (const look of checks ?? []) {
      const message = look(fact, account, sight());
      if (message !== undefined) violate(look.name, message, account.key);
    }
  }

  return {
    violate,
    violation: () => violation,
    counts: () => ({ events: accounts.size, calls }),
    witness(fact) {
      if (fact.kind === 'called') calls += 1;
      const account = enter(fact, { accountOf, invocations, nowMs: now() });
      trace.note(lineOf(fact));
      check(fact, fact.kind, account);
      if (fact.kind === 'ended') invocations.delete(fact.invocation);
    },
    close() {
      const [lost] = invocations.keys();
      const canCrash = plan.troubles.some(({ name }) => name.startsWith('deliver crashes'));
      if (lost !== undefined && !canCrash)
        violate(
          'promise4RunsEndInTime',
          `promise 4: invocation ${lost} of the consumer did not end before its time-out`,
        );
      for (const account of accounts.values())
        for (const look of endChecks) {
          const message = look(account, sight());
          if (message !== undefined) violate(look.name, message, account.key);
        }
    },
  };
}

/** A fact as one line of the trace: its kind, its event, and what else it says. */
function lineOf(fact: Fact): string {
  if (fact.kind === 'ended') return `ended ${fact.invocation} ${fact.report.lines.length}`;
  const { kind, ...rest } = fact;
  const words = Object.values(rest).map((value) =>
    typeof value === 'object' ? JSON.stringify(value) : value,
  );
  return `${kind} ${words.join(' ')}`;
}
