/** Reads the journal of a stage in the background: first what is there, then what comes. The page takes it bit by bit. */
import { setTimeout as pause } from 'node:timers/promises';
import type { JournalLine } from '../../lib/journal/line.ts';
import type { Journal } from '../journal/journal.ts';
import type { Problems } from './problems.ts';

interface ReaderSettings {
  readonly journal: () => Promise<Journal>;
  readonly sinceMs: number;
  readonly signal: AbortSignal;
  readonly problems: Problems;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/** Reading waits while so many lines wait for the page: without an open page, nothing more is read. */
const maxWaiting = 20_000;
const checkMs = 200;
/** After an error, such as a missing right that somebody adds meanwhile. */
const retryMs = 10_000;

export function startReader(settings: ReaderSettings): { newLines(): readonly JournalLine[] } {
  let waiting: JournalLine[] = [];

  const take = async (line: JournalLine): Promise<void> => {
    waiting.push(line);
    while (waiting.length >= maxWaiting && !settings.signal.aborted) await pause(checkMs);
  };
  // An error after the end of the command is of no interest.
  readAll(settings, take).catch(() => undefined);

  return {
    newLines: () => {
      const lines = waiting;
      waiting = [];
      return lines;
    },
  };
}

async function readAll(
  { journal, sinceMs, signal, problems, now = Date.now }: ReaderSettings,
  take: (line: JournalLine) => Promise<void>,
): Promise<void> {
  let fromMs = sinceMs;
  while (!signal.aborted) {
    try {
      const opened = await journal();
      const toMs = now();
      for await (const line of opened.lines({ fromMs, toMs }, signal)) await take(line);
      fromMs = toMs;
      problems.clear('journal');
      for await (const line of opened.follow(fromMs, signal)) {
        await take(line);
        // The same line twice changes nothing, and lines of one millisecond can come in two parts.
        fromMs = Math.max(fromMs, line.atMs);
      }
    } catch (error) {
      if (signal.aborted) return;
      problems.report('journal', error);
    }
    await pause(retryMs, undefined, { signal });
  }
}
