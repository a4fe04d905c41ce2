/** Reads the gateway's memory of log lines and of events, as the routes of `local/journal` give it to other programs. */
import { decodePage, type LineFields } from '../../cli/journal/local/decode-page.ts';
import type { JournalLine } from '../../lib/journal/line.ts';
import { parseLine, readLine } from '../../lib/journal/parse-line.ts';
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
  sentUser(event: string): LineFields | undefined;
}

export type KnownMessage = Pick<QueueMessage, 'event' | 'destination'>;

/** A page of lines is parsed at once. */
const pageLines = 5_000;

export function createMemoryReader({ journal, events }: JournalState): MemoryReader {
  let seen = 0;

  const entryOf = (event: string): LineFields | undefined => {
    const entry = parseJson(events.find(event) ?? '');
    return isObject(entry) ? entry : undefined;
  };

  return {
    newLines: () => {
      const found: JournalLine[] = [];
      for (;;) {
        const page = decodePage(parseJson(journal.page(seen, pageLines)));
        if (page === undefined || page.lines.length === 0) return found;
        seen = page.next;
        found.push(...page.lines.flatMap((line) => readLine(line) ?? []));
      }
    },
    // Parsing all lines takes half a second, and a story has a few.
    linesWith: (fingerprints) => journal.containing(fingerprints).flatMap((text) => parseLine(text) ?? []),
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

const isMessage = (value: unknown): value is KnownMessage =>
  isObject(value) && isObject(value.event) && typeof value.event.event_name === 'string';
