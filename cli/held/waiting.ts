/** Reads from a stage's journal which events wait for their next attempt. */
import { createWaiting, type WaitingGroup } from '../../lib/journal/waiting.ts';
import type { Journal, Window } from '../journal/journal.ts';

/** A group that comes from the sandbox has no time of the next attempt. */
export interface Waiting extends Omit<WaitingGroup, 'nextAttemptMs'> {
  readonly nextAttemptMs: number | undefined;
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
  const waiting = createWaiting();
  let hasLines = false;
  const query = { ...window, messages, ...(containing && { containing }) };
  for await (const line of journal.lines(query, signal)) {
    hasLines = true;
    waiting.add(line);
  }
  return { waiting: waiting.groups(containing && new Set(containing)), hasLines };
}
