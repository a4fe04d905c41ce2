/**
 * Reads the lines of the journal: the one parser for the command line, the console and the local gateway, and for what
 * CloudWatch Logs returns. Lines of other kinds, and of later releases, are skipped rather than guessed.
 */
import { isObject } from '../schema/is-object.ts';
import { parseJson } from '../schema/parse-json.ts';
import type { JournalLine, ReceivedLine } from './line.ts';
import { answered, coverage, finished, parked, waits } from './parse/outcome-lines.ts';
import { received } from './parse/received-line.ts';
import { type Common, type Fields, textOf, wordsOf } from './parse/values.ts';

const readers: Readonly<Record<string, (fields: Fields, common: Common) => JournalLine | undefined>> = {
  'events received': (fields, common) => received(fields, common, producerOf(textOf(fields.source))),
  'webhook received': (fields, common) => received(fields, common, 'webhook'),
  'events collected': (fields, common) => received(fields, common, 'collect'),
  'tiktok answered': answered,
  'message waits': waits,
  'message parked': parked,
  'message replayed': (fields, common) => finished(fields, common, 'replayed'),
  'message discarded': (fields, common) => finished(fields, common, 'discarded'),
  coverage,
};

/** A source of another name is that of a scheduled sync. */
function producerOf(source = 'api'): ReceivedLine['via'] {
  return source === 'api' || source === 'queue' ? source : 'sync';
}

/** The texts of `message` that are lines of the journal: queries of logs filter by them. */
export const journalMessages: readonly string[] = Object.keys(readers);

/** @returns undefined for text that is not JSON, or not a line of the journal. Never throws. */
export function parseLine(text: string): JournalLine | undefined {
  const start = text.indexOf('{');
  const fields = start < 0 ? undefined : parseJson(text.slice(start));
  return isObject(fields) ? readLine(fields) : undefined;
}

/** The same for a line that is parsed already. */
export function readLine(fields: Fields): JournalLine | undefined {
  const message = textOf(fields.message);
  const atMs = Date.parse(textOf(fields.timestamp) ?? '');
  if (message === undefined || Number.isNaN(atMs) || !Object.hasOwn(readers, message)) return undefined;
  return readers[message]?.(fields, { atMs, traces: wordsOf(fields.trace) });
}
