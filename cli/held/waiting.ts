/** Events that wait for their next attempt, by destination and reason: what the journal's lines of the last minutes say. */
import type { AnsweredLine, JournalLine, WaitsLine } from '../../lib/journal/line.ts';
import type { Journal, Window } from '../journal/journal.ts';

export interface Waiting {
  /** undefined when the message names none. */
  readonly destination: string | undefined;
  /** `hold`: a person must do something. `retry`: it passes by itself. */
  readonly outcome: 'retry' | 'hold';
  readonly reason: string;
  readonly detail: string | undefined;
  /** Events; 0 when only their queue is known. */
  readonly count: number;
  /** When the first of them was seen to wait. */
  readonly sinceMs: number;
  /** They waited already before the window that was read. */
  readonly isOlder: boolean;
  readonly nextAttemptMs: number | undefined;
  /** Of TikTok's last such answer. */
  readonly requestId: string | undefined;
}

/** What the lines of a window say. */
export interface JournalState {
  readonly waiting: readonly Waiting[];
  /** True when the window has a line about the delivery of any event. */
  readonly hasLines: boolean;
}

const messages = ['message waits', 'tiktok answered', 'message parked'];

/** @param containing fingerprints of events; all events without it */
export async function readWaiting(
  journal: Pick<Journal, 'lines'>,
  { containing, ...window }: Window & { readonly containing?: readonly string[] },
  signal: AbortSignal,
): Promise<JournalState> {
  const seen = new Map<string, WaitingEvent>();
  const answers = new Map<string, string>();
  let hasLines = false;
  const query = { ...window, messages, ...(containing && { containing }) };
  for await (const line of journal.lines(query, signal)) {
    hasLines = true;
    if (line.kind === 'waits') noteWaits(seen, line);
    else settle(seen, line);
    if (line.kind === 'answered' && line.requestId !== undefined)
      answers.set(keyOf(line.destination, line.reason ?? ''), line.requestId);
  }
  const wanted = containing && new Set(containing);
  const events = [...seen].filter(([id]) => wanted === undefined || wanted.has(id)).map(([, event]) => event);
  return { waiting: grouped(events, answers), hasLines };
}

interface WaitingEvent {
  readonly line: WaitsLine;
  readonly sinceMs: number;
  readonly isOlder: boolean;
  readonly nextAttemptMs: number;
}

const keyOf = (destination: string | undefined, reason: string): string => `${destination ?? ''} ${reason}`;

/** Events without an id are told apart by their place in the line: they are rare, and counted too low rather than too high. */
function noteWaits(seen: Map<string, WaitingEvent>, line: WaitsLine): void {
  for (const [index, { event, nextAttemptMs, receives }] of line.events.entries()) {
    const id = event ?? `${keyOf(line.destination, line.reason)} ${index}`;
    const before = seen.get(id);
    const { sinceMs, isOlder } = before ?? { sinceMs: line.atMs, isOlder: receives > 1 };
    seen.set(id, { line, sinceMs, isOlder, nextAttemptMs });
  }
}

function settle(seen: Map<string, WaitingEvent>, line: JournalLine): void {
  if (line.kind === 'parked' && line.event !== undefined) seen.delete(line.event);
  if (line.kind === 'answered' && isSettled(line)) for (const event of line.events) seen.delete(event);
}

const isSettled = ({ verdict }: AnsweredLine): boolean => verdict === 'delivered' || verdict === 'reject';

function grouped(events: readonly WaitingEvent[], answers: ReadonlyMap<string, string>): Waiting[] {
  const groups = Map.groupBy(events, ({ line }) => `${keyOf(line.destination, line.reason)} ${line.detail}`);
  return [...groups.values()].flatMap((group) => {
    const line = group[0]?.line;
    if (line === undefined) return [];
    const { destination, outcome, reason, detail } = line;
    return {
      destination,
      outcome,
      reason,
      detail,
      count: group.length,
      sinceMs: Math.min(...group.map(({ sinceMs }) => sinceMs)),
      isOlder: group.some(({ isOlder }) => isOlder),
      nextAttemptMs: Math.min(...group.map(({ nextAttemptMs }) => nextAttemptMs)),
      requestId: answers.get(keyOf(destination, reason)),
    };
  });
}
