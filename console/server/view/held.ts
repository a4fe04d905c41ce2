/** The events that wait now, in words, with the command that ends the waiting where there is one. */
import { connectCommand } from '../../../cli/held/remedy.ts';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { createWaiting, type WaitingGroup } from '../../../lib/journal/waiting.ts';
import { reasonText } from '../../../lib/reasons/reason-text.ts';
import type { ConsoleState } from '../../api.ts';

export interface Held {
  add(line: JournalLine): void;
  /** @returns the largest group first */
  groups(): ConsoleState['held'];
}

/** @param stage in the commands of the remedies */
export function createHeld(stage: string): Held {
  const { add, groups } = createWaiting();
  return {
    add,
    groups: () => groups().map((group) => describe(group, stage)),
  };
}

function describe(group: WaitingGroup, stage: string): ConsoleState['held'][number] {
  const { destination = 'default', outcome, count, reason, detail, sinceMs, nextAttemptMs } = group;
  const text = reasonText('waiting', reason, detail);
  // Only a text that names the command is helped by it.
  const isHelped = text?.fix.includes('`connect`') === true;
  return {
    destination,
    outcome: outcome === 'hold' ? 'held' : 'waiting',
    count,
    reason,
    text: text === undefined ? reason : `${text.meaning} ${text.fix}`,
    sinceMs,
    nextAttemptMs,
    ...(isHelped && { remedy: connectCommand(stage, destination) }),
  };
}
