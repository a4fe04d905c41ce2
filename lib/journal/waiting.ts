/** Folds the lines of the journal into the events that wait now, by destination and reason. Pure, and bounded. */
import type { AnsweredLine, JournalLine, WaitsLine } from './line.ts';

export interface WaitingGroup {
  /** undefined when the message names none. */
  readonly destination: string | undefined;
  /** `hold`: a person must do something. `retry`: it passes by itself. */
  readonly outcome: 'retry' | 'hold';
  /** A stable code such as `tiktok_40105`. */
  readonly reason: string;
  /** With some codes, the setting that TikTok refused. */
  readonly detail: string | undefined;
  /** Events. */
  readonly count: number;
  /** When the first of them was seen to wait, in Unix milliseconds. */
  readonly sinceMs: number;
  /** One of them waited already before the first line. */
  readonly isOlder: boolean;
  /** The earliest of all, in Unix milliseconds. */
  readonly nextAttemptMs: number;
  /** Of TikTok's last such answer. */
  readonly requestId: string | undefined;
}

export interface WaitingFold {
  /** Lines come oldest first: the last one about an event decides. */
  add(line: JournalLine): void;
  /** @param only fingerprints of events; all events without it. @returns the largest group first */
  groups(only?: ReadonlySet<string>): WaitingGroup[];
}

interface WaitingEvent {
  readonly line: WaitsLine;
  /** The same for the events of one group. */
  readonly group: string;
  readonly sinceMs: number;
  readonly isOlder: boolean;
  readonly nextAttemptMs: number;
}

/** SQS keeps at most 120,000 messages of a queue in flight, and an event that waits is one of them. */
const maxWaiting = 120_000;

/** @param maxEvents how many are remembered; those that were heard of least recently are forgotten */
export function createWaiting({ maxEvents = maxWaiting } = {}): WaitingFold {
  const waiting = new Map<string, WaitingEvent>();
  const requestIds = new Map<string, string>();

  function wait(line: WaitsLine): void {
    const cause = causeOf(line.destination, line.reason);
    const group = `${cause} ${line.outcome} ${line.detail}`;
    for (const [index, { event, nextAttemptMs, receives }] of line.events.entries()) {
      // Events without an id are distinguished by their place in the line: they are rare, and better counted too low.
      const id = event ?? `${cause} ${index}`;
      const { sinceMs, isOlder } = waiting.get(id) ?? { sinceMs: line.atMs, isOlder: receives > 1 };
      waiting.delete(id);
      waiting.set(id, { line, group, sinceMs, isOlder, nextAttemptMs });
    }
    for (const id of waiting.keys()) {
      if (waiting.size <= maxEvents) break;
      waiting.delete(id);
    }
  }

  function settle({ verdict, events, requestId, destination, reason = '' }: AnsweredLine): void {
    // An event that was refused together with others waits again by the next line.
    if (verdict === 'delivered' || verdict === 'reject') for (const event of events) waiting.delete(event);
    if (requestId !== undefined) requestIds.set(causeOf(destination, reason), requestId);
  }

  return {
    add: (line) => {
      if (line.kind === 'waits') wait(line);
      else if (line.kind === 'parked') waiting.delete(line.event ?? '');
      else if (line.kind === 'answered') settle(line);
    },
    groups: (only) => {
      const groups = new Map<string, Sum>();
      for (const [id, event] of waiting) {
        if (only?.has(id) === false) continue;
        const known = groups.get(event.group);
        if (known === undefined) groups.set(event.group, first(event, requestIds));
        else addTo(known, event);
      }
      return [...groups.values()].sort((one, other) => other.count - one.count);
    },
  };
}

const causeOf = (destination: string | undefined, reason: string): string => `${destination ?? ''} ${reason}`;

type Sum = { -readonly [Name in keyof WaitingGroup]: WaitingGroup[Name] };

function first(
  { line, sinceMs, isOlder, nextAttemptMs }: WaitingEvent,
  requestIds: ReadonlyMap<string, string>,
): Sum {
  const { destination, outcome, reason, detail } = line;
  const requestId = requestIds.get(causeOf(destination, reason));
  return { destination, outcome, reason, detail, count: 1, sinceMs, isOlder, nextAttemptMs, requestId };
}

function addTo(sum: Sum, { sinceMs, isOlder, nextAttemptMs }: WaitingEvent): void {
  sum.count += 1;
  sum.sinceMs = Math.min(sum.sinceMs, sinceMs);
  sum.isOlder ||= isOlder;
  sum.nextAttemptMs = Math.min(sum.nextAttemptMs, nextAttemptMs);
}
