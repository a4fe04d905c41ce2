/** Reads the gateway's memory of log lines and of events, as the routes of `local/journal` give it to other programs. */
import type { JournalLine } from '../../lib/journal/line.ts';
import { readLine } from '../../lib/journal/parse-line.ts';
import type { QueueMessage } from '../../lib/queue/message.ts';
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import type { JournalState } from '../../local/journal/routes.ts';

export interface MemoryReader {
  /** @returns the lines since the last call */
  newLines(): readonly JournalLine[];
  linesWith(fingerprints: readonly string[]): JournalLine[];
  /** @returns the event as it was queued; undefined when the memory no longer has it */
  message(event: string): KnownMessage | undefined;
  /** @returns TikTok's `user` of the event as it was sent last; undefined before the first call */
  sentUser(event: string): Fields | undefined;
}

export type KnownMessage = Pick<QueueMessage, 'event' | 'destination'>;

type Fields = Readonly<Record<string, unknown>>;

/** A page of lines is parsed at once. */
const pageLines = 5_000;

export function createMemoryReader({ journal, events }: JournalState): MemoryReader {
  let seen = 0;

  function* pagesAfter(
    first: number,
  ): Generator<{ readonly lines: readonly Fields[]; readonly next: number }> {
    for (let after = first; ; ) {
      const page = decodePage(journal.page(after, pageLines));
      if (page.lines.length === 0) return;
      after = page.next;
      yield page;
    }
  }

  const entryOf = (event: string): Fields | undefined => {
    const entry = parseJson(events.find(event) ?? '');
    return isObject(entry) ? entry : undefined;
  };

  return {
    newLines: () => {
      const found: JournalLine[] = [];
      for (const { lines, next } of pagesAfter(seen)) {
        seen = next;
        found.push(...lines.flatMap((line) => readLine(line) ?? []));
      }
      return found;
    },
    linesWith: (fingerprints) => {
      const found: JournalLine[] = [];
      for (const { lines } of pagesAfter(0))
        found.push(
          ...lines.filter((line) => names(line, fingerprints)).flatMap((line) => readLine(line) ?? []),
        );
      return found;
    },
    message: (event) => {
      const message = entryOf(event)?.message;
      return isMessage(message) ? message : undefined;
    },
    sentUser: (event) => {
      const sent = entryOf(event)?.sent;
      return isObject(sent) ? (isObject(sent.user) ? sent.user : {}) : undefined;
    },
  };
}

function decodePage(text: string): { readonly lines: readonly Fields[]; readonly next: number } {
  const page = parseJson(text);
  if (!isObject(page) || !Array.isArray(page.lines)) return { lines: [], next: 0 };
  const lines = page.lines.flatMap((entry: unknown) =>
    isObject(entry) && isObject(entry.line) ? [entry.line] : [],
  );
  return { lines, next: Number(page.next) };
}

const names = ({ event, order }: Fields, fingerprints: readonly string[]): boolean =>
  [event, order].some((list) => typeof list === 'string' && fingerprints.some((one) => list.includes(one)));

const isMessage = (value: unknown): value is KnownMessage =>
  isObject(value) && isObject(value.event) && typeof value.event.event_name === 'string';
