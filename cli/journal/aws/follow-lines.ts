/** Follows the log groups of a stage: reads what is new every 2 seconds, with an overlap, because lines can arrive late. */
import { setTimeout as pause } from 'node:timers/promises';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { parseLine } from '../../../lib/journal/parse-line.ts';
import { codeOf } from '../../errors/explain-error.ts';
import { createConnectionNotes } from '../connection-notes.ts';
import { filterEvents, type LogEvent } from './read-lines.ts';
import type { QueryContext } from './run-query.ts';

export interface FollowContext extends QueryContext {
  readonly pollMs: number;
}

/** Lines of different Lambdas reach CloudWatch out of order, by some seconds. */
const overlapMs = 30_000;

export async function* followLines(
  context: FollowContext,
  fromMs: number,
  signal: AbortSignal,
): AsyncGenerator<JournalLine> {
  /** Ids of the lines since `sinceMs` that were read, with their times. */
  const seen = new Map<string, number>();
  const connection = createConnectionNotes('AWS');
  for (let sinceMs = fromMs; !signal.aborted; ) {
    const fresh = await readFresh(context, sinceMs, seen, signal).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      // Without a code of the network, such as ECONNRESET, a retry would fail in the same way.
      if (!connection.hasAnswered() || codeOf(error) === '') throw error;
      connection.lost();
      return undefined;
    });
    if (fresh !== undefined) connection.answered();
    for (const line of fresh ?? []) {
      yield line;
      sinceMs = Math.max(sinceMs, line.atMs - overlapMs);
    }
    for (const [id, atMs] of seen) if (atMs < sinceMs) seen.delete(id);
    await pause(context.pollMs, undefined, { signal }).catch(() => undefined);
  }
}

async function readFresh(
  context: FollowContext,
  sinceMs: number,
  seen: Map<string, number>,
  signal: AbortSignal,
): Promise<JournalLine[]> {
  const lists = await Promise.all(context.groups.map((group) => readGroup(context, group, sinceMs, signal)));
  const lines: JournalLine[] = [];
  for (const { id, atMs, message } of lists.flat()) {
    if (seen.has(id)) continue;
    seen.set(id, atMs);
    const line = parseLine(message);
    if (line !== undefined) lines.push(line);
  }
  return lines.sort((one, other) => one.atMs - other.atMs);
}

async function readGroup(
  context: FollowContext,
  group: string,
  fromMs: number,
  signal: AbortSignal,
): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  // A clock that is behind must not hide the newest lines.
  const toMs = Date.now() + 60_000;
  for await (const event of filterEvents(context, group, { fromMs, toMs }, signal)) events.push(event);
  return events;
}
