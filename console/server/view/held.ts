/** The events that wait now, by destination and reason: since when, and when the next attempt is. */

import { programName } from '../../../cli/terminal/command-line.ts';
import type { JournalLine, WaitsLine } from '../../../lib/journal/line.ts';
import { reasonText } from '../../../lib/reasons/reason-text.ts';
import type { ConsoleState } from '../../api.ts';

export interface Held {
  add(line: JournalLine): void;
  groups(): ConsoleState['held'];
}

interface Group {
  readonly destination: string;
  readonly outcome: 'held' | 'waiting';
  readonly reason: string;
  readonly detail: string | undefined;
  readonly sinceMs: number;
  /** The next attempt of each event. */
  readonly attempts: Map<string, number>;
}

/** Events that are remembered as waiting. */
const maxWaiting = 100_000;

/** @param stage in the commands of the remedies */
export function createHeld(stage: string): Held {
  const groups = new Map<string, Group>();
  /** The group of each event, the one that has waited longest first. */
  const groupOf = new Map<string, Group>();

  const release = (event: string): void => {
    groupOf.get(event)?.attempts.delete(event);
    groupOf.delete(event);
  };

  function wait(line: WaitsLine): void {
    const { reason, detail, destination = 'default' } = line;
    const outcome = line.outcome === 'hold' ? 'held' : 'waiting';
    const key = [destination, outcome, reason].join(' ');
    const known = groups.get(key);
    const isNew = known === undefined || known.attempts.size === 0;
    const fresh: Group = { destination, outcome, reason, detail, sinceMs: line.atMs, attempts: new Map() };
    const group = isNew ? fresh : known;
    for (const { event, nextAttemptMs } of line.events) {
      if (event === undefined) continue;
      release(event);
      group.attempts.set(event, nextAttemptMs);
      groupOf.set(event, group);
    }
    groups.set(key, group);
    while (groupOf.size > maxWaiting) release(groupOf.keys().next().value ?? '');
  }

  return {
    add: (line) => {
      if (line.kind === 'waits') wait(line);
      else if (line.kind === 'answered' && line.verdict === 'delivered')
        for (const event of line.events) release(event);
      else if (line.kind === 'parked' && line.event !== undefined) release(line.event);
    },
    groups: () =>
      [...groups.values()]
        .filter(({ attempts }) => attempts.size > 0)
        .map((group) => describe(group, stage))
        .toSorted((one, other) => other.count - one.count),
  };
}

function describe(group: Group, stage: string): ConsoleState['held'][number] {
  const { destination, outcome, reason, detail, sinceMs, attempts } = group;
  const text = reasonText('waiting', reason, detail);
  const remedy = remedyOf(group, stage, text?.fix ?? '');
  return {
    destination,
    outcome,
    count: attempts.size,
    reason,
    text: text === undefined ? reason : `${text.meaning} ${text.fix}`,
    sinceMs,
    nextAttemptMs: earliest(attempts.values()),
    ...(remedy !== undefined && { remedy }),
  };
}

/** `Math.min` takes no list of 100,000. */
function earliest(times: Iterable<number>): number {
  let first = Number.POSITIVE_INFINITY;
  for (const time of times) first = Math.min(first, time);
  return first;
}

/** Only a text that names the command is helped by it. */
const remedyOf = ({ destination }: Group, stage: string, fix: string): string | undefined =>
  fix.includes('`connect`')
    ? `${programName} connect --stage ${stage}${destination === 'default' ? '' : ` --destination ${destination}`}`
    : undefined;
