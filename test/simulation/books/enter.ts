/** Enters a fact into the account of its event. */
import type { Fact } from '../world-parts.ts';
import { type Account, createAccount } from './account.ts';
import type { Invocation } from './invocation.ts';

interface Ledger {
  readonly accountOf: (key: string) => Account;
  readonly invocations: Map<number, Invocation>;
  readonly nowMs: number;
}

/** @returns the account of the fact's event; an empty one when the fact is about several */
export function enter(fact: Fact, ledger: Ledger): Account {
  if (!('key' in fact) && fact.kind !== 'attempted') {
    enterCall(fact, ledger);
    return nobody;
  }
  const account = ledger.accountOf(fact.kind === 'attempted' ? fact.event.key : fact.key);
  enterEvent(fact, account, ledger.nowMs);
  return account;
}

const nobody = createAccount('');

type CallFact = Extract<Fact, { readonly kind: 'called' | 'invoked' | 'calling' | 'answered' | 'ended' }>;

function enterCall(fact: CallFact, { accountOf, invocations }: Ledger): void {
  switch (fact.kind) {
    case 'called':
      for (const account of fact.keys.map(accountOf)) {
        account.calls += 1;
        if (fact.keys.length === 1) account.answersAlone.add(fact.answer);
      }
      return;
    case 'invoked': {
      const accounts = fact.messages.map(({ key, receives }) => {
        const account = accountOf(key);
        if (account.takings === 0) account.receives = Math.max(account.receives, receives);
        return account;
      });
      const destinations = new Set(accounts.map(({ event }) => event?.destination)).size;
      const natures = accounts.map(({ key, event }) => ({ key, nature: event?.nature }));
      const bad = natures.filter(({ nature }) => nature !== 'good');
      const groupOf = new Map(
        accounts.map(({ key, event }) => [key, `${event?.destination} ${event?.testCode}`]),
      );
      const foreign = new Map(
        accounts.flatMap(({ key, event }) => (event?.source === 'producer' ? [[key, event.nature]] : [])),
      );
      const groups = countGroups(fact.messages, groupOf);
      const invocation = { destinations, groups, groupOf, foreign, bad, calls: 0, open: [] };
      invocations.set(fact.invocation, invocation);
      return;
    }
    case 'ended':
      return;
    default: {
      const invocation = invocations.get(fact.invocation);
      if (invocation === undefined) return;
      if (fact.kind === 'answered') invocation.open.splice(invocation.open.indexOf(fact.destination), 1);
      else {
        invocation.open.push(fact.destination);
        invocation.calls += 1;
      }
    }
  }
}

/** Below the most that one call may have, since the last event of a group must fit whole. */
const leastFullBytes = 900_000;

function countGroups(
  messages: readonly { readonly key: string; readonly bytes: number }[],
  groupOf: ReadonlyMap<string, string>,
): number {
  const bytes = new Map<string, number>();
  for (const message of messages) {
    const group = groupOf.get(message.key) ?? '';
    bytes.set(group, (bytes.get(group) ?? 0) + message.bytes);
  }
  return [...bytes.values()].reduce((sum, each) => sum + Math.ceil(each / leastFullBytes), 0);
}

function enterEvent(fact: Exclude<Fact, CallFact>, account: Account, nowMs: number): void {
  switch (fact.kind) {
    case 'attempted':
      account.event ??= fact.event;
      account.attempts += 1;
      if (fact.hasGivenId !== true) account.firstAttempts += 1;
      return;
    case 'accepted':
      account.acceptedAtMs ??= nowMs;
      if (fact.eventId !== undefined) account.acceptedIds.add(fact.eventId);
      return;
    case 'rejected':
      account.rejectedAtMs ??= nowMs;
      return;
    case 'queued':
      account.queuedAtMs ??= nowMs;
      account.copies += 1;
      account.messages.add(fact.messageId);
      return;
    case 'removed':
      account.messages.delete(fact.messageId);
      return;
    case 'dead-letter':
      account.letters.push({ atMs: nowMs, attributes: fact.attributes, keptUntilMs: fact.keptUntilMs });
      return;
    case 'taken':
      account.firstTakenAtMs ??= nowMs;
      account.takings += 1;
      if (fact.eventId !== undefined) account.takenIds.add(fact.eventId);
      if (fact.counts) account.counted += 1;
      return;
    case 'pixel':
      if (fact.counts) account.counted += 1;
      return;
    case 'merged':
      return;
  }
}
