/** Finds the events that a fingerprint or a trace id means, and all their lines: for an order in two steps. */
import type { JournalLine, ReceivedLine } from '../../lib/journal/line.ts';
import { type Part, partsOf } from '../../lib/journal/parts.ts';
import { isAbout } from '../../lib/journal/story.ts';
import type { Journal, Window } from '../journal/journal.ts';
import type { SearchKeys } from './search-keys.ts';

export interface Found {
  /** Fingerprints of events, in the order of their first line. */
  readonly events: readonly string[];
  /** All lines of these events, oldest first. */
  readonly lines: readonly JournalLine[];
  /** What has no fingerprint: requests and webhooks that became no event, and events without an id. */
  readonly parts: readonly Part[];
  /** Dead letters without a fingerprint, with what the operator did to them: their content cannot be read. */
  readonly letters: readonly Letter[];
}

type Letter = Extract<JournalLine, { readonly messageId: string }>;

export async function search(
  journal: Journal,
  keys: SearchKeys,
  window: Window,
  signal: AbortSignal,
): Promise<Found> {
  const containing = [...keys.fingerprints, ...(keys.trace === undefined ? [] : [keys.trace])];
  const first = await collect(journal, containing, window, signal);
  const events = [...new Set(first.flatMap((line) => eventsOf(line, keys)))];
  const isComplete = events.every((event) => containing.includes(event));
  const lines = isComplete ? first : await collect(journal, events, window, signal);
  return {
    events,
    lines: lines.filter((line) => events.some((event) => isAbout(line, event))),
    parts: first.flatMap((line) => (line.kind === 'received' ? wantedParts(line, keys) : [])),
    letters: first.filter((line): line is Letter => 'messageId' in line && isUnreadable(line, keys)),
  };
}

async function collect(
  journal: Journal,
  containing: readonly string[],
  window: Window,
  signal: AbortSignal,
): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  for await (const line of journal.lines({ ...window, containing }, signal)) lines.push(line);
  return lines;
}

/** Coverage and calls name events that came along with the wanted one: only a receipt says which order or trace is whose. */
function eventsOf(line: JournalLine, keys: SearchKeys): string | string[] {
  const isKey = (fingerprint: string | undefined): fingerprint is string =>
    fingerprint !== undefined && keys.fingerprints.includes(fingerprint);
  switch (line.kind) {
    case 'received':
      return line.events
        .filter(
          ({ event, orders }, index) => isKey(event) || orders.some(isKey) || isTraced(line, index, keys),
        )
        .flatMap(({ event }) => event ?? []);
    case 'answered':
      return line.events.filter(isKey);
    case 'waits':
      return line.events.map(({ event }) => event).filter(isKey);
    case 'parked':
      return isKey(line.event) || line.orders.some(isKey) || isLetter(line, keys) ? (line.event ?? []) : [];
    case 'replayed':
    case 'discarded':
      return isKey(line.event) || isLetter(line, keys) ? (line.event ?? []) : [];
    default:
      return [];
  }
}

/** `dead-letters list` shows the id of the message. */
const isLetter = ({ messageId, traces }: Letter, { trace }: SearchKeys): boolean =>
  trace !== undefined && (messageId === trace || traces.includes(trace));

const isUnreadable = (line: Letter, keys: SearchKeys): boolean =>
  line.event === undefined && isLetter(line, keys);

function wantedParts(line: ReceivedLine, keys: SearchKeys): Part[] {
  const isKey = (fingerprint: string): boolean => keys.fingerprints.includes(fingerprint);
  return partsOf(line).filter(({ event }) => {
    const index = event === undefined ? undefined : line.events.indexOf(event);
    return (event?.orders ?? line.orders).some(isKey) || isTraced(line, index, keys);
  });
}

/** Messages of other producers share a line, and each has its own trace: the traces are in the order of the events then. */
function isTraced(
  { events, traces }: ReceivedLine,
  index: number | undefined,
  { trace }: SearchKeys,
): boolean {
  if (trace === undefined || !traces.includes(trace)) return false;
  return index === undefined || traces.length !== events.length || traces[index] === trace;
}
