/**
 * Reads the lines of the journal: the one parser for the command line, the console and the local gateway, and for what
 * CloudWatch Logs returns. Lines of other kinds, and of later releases, are skipped rather than guessed.
 */
import { isObject } from '../schema/is-object.ts';
import { parseJson } from '../schema/parse-json.ts';
import type {
  AnsweredLine,
  CoverageCount,
  CoverageLine,
  JournalLine,
  OperatorLine,
  ParkedLine,
  ReceivedEvent,
  ReceivedLine,
  WaitsLine,
} from './line.ts';
import { decodeLabels } from './positions.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Common {
  readonly atMs: number;
  readonly traces: readonly string[];
}

const readers: Readonly<Record<string, (fields: Fields, common: Common) => JournalLine | undefined>> = {
  'events received': (fields, common) =>
    received(fields, common, textOf(fields.source) === 'queue' ? 'queue' : 'api'),
  'webhook received': (fields, common) => received(fields, common, 'webhook'),
  'events collected': (fields, common) => received(fields, common, 'collect'),
  'tiktok answered': answered,
  'message waits': waits,
  'message parked': parked,
  'message replayed': (fields, common) => finished(fields, common, 'replayed'),
  'message discarded': (fields, common) => finished(fields, common, 'discarded'),
  coverage,
};

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

function received(fields: Fields, common: Common, via: ReceivedLine['via']): ReceivedLine {
  const events = receivedEvents(fields);
  const orders = wordsOf(fields.order).flatMap(split);
  return {
    ...common,
    kind: 'received',
    source: textOf(fields.source) ?? via,
    via,
    status: numberOf(fields.status),
    accepted: numberOf(fields.accepted) ?? 0,
    rejected: numberOf(fields.rejected) ?? 0,
    notQueued: numberOf(fields.not_queued) ?? 0,
    events,
    reason: textOf(fields.reason),
    detail: textOf(fields.detail),
    topic: textOf(fields.topic),
    channel: textOf(fields.channel),
    orders: events.length === 0 ? orders : [],
    isDryRun: fields.dry_run === true,
    apiKey: textOf(fields.api_key),
  };
}

function receivedEvents(fields: Fields): ReceivedEvent[] {
  const ids = wordsOf(fields.event);
  const orders = wordsOf(fields.order);
  const labels = (field: string) => decodeLabels(textOf(fields[field]), ids.length);
  const [names, warnings, errors] = [labels('event_name'), labels('warnings'), labels('errors')];
  return ids.map((id, index) => ({
    event: entryOf(id),
    orders: split(orders[index] ?? ''),
    name: names[index]?.[0],
    warnings: warnings[index] ?? [],
    errors: errors[index] ?? [],
  }));
}

const verdicts = ['delivered', 'retry', 'hold', 'reject'] as const;

function answered(fields: Fields, common: Common): AnsweredLine | undefined {
  const verdict = verdicts.find((each) => each === fields.outcome);
  if (verdict === undefined) return undefined;
  return {
    ...common,
    kind: 'answered',
    destination: textOf(fields.destination) ?? 'default',
    events: wordsOf(fields.event),
    verdict,
    reason: textOf(fields.reason),
    detail: textOf(fields.detail),
    isPartial: fields.partial === true,
    position: numberOf(fields.position),
    requestId: textOf(fields.tiktok_request_id),
    durationMs: numberOf(fields.duration_ms) ?? 0,
  };
}

function waits(fields: Fields, common: Common): WaitsLine {
  const [seconds, receives] = [wordsOf(fields.wait_s), wordsOf(fields.receives)];
  return {
    ...common,
    kind: 'waits',
    destination: textOf(fields.destination),
    events: wordsOf(fields.event).map((id, index) => ({
      event: entryOf(id),
      nextAttemptMs: common.atMs + (Number(seconds[index]) || 0) * 1000,
      receives: Number(receives[index]) || 1,
    })),
    outcome: fields.outcome === 'hold' ? 'hold' : 'retry',
    reason: textOf(fields.reason) ?? 'unknown',
    detail: textOf(fields.detail),
  };
}

function parked(fields: Fields, common: Common): ParkedLine {
  return {
    ...common,
    kind: 'parked',
    event: textOf(fields.event),
    orders: split(textOf(fields.order) ?? ''),
    name: decodeLabels(textOf(fields.event_name), 1)[0]?.[0],
    source: textOf(fields.source),
    destination: textOf(fields.destination),
    reason: textOf(fields.reason) ?? 'unknown',
    detail: textOf(fields.detail),
    outcome: fields.outcome === 'refused' ? 'refused' : 'unknown',
    receives: numberOf(fields.receives) ?? 1,
    messageId: textOf(fields.message_id) ?? '',
    requestId: textOf(fields.tiktok_request_id),
  };
}

function finished(fields: Fields, common: Common, kind: OperatorLine['kind']): OperatorLine {
  return {
    ...common,
    kind,
    event: textOf(fields.event),
    destination: textOf(fields.destination),
    reason: textOf(fields.reason) ?? 'unknown',
    messageId: textOf(fields.message_id) ?? '',
  };
}

const namesOfCoverage: ReadonlySet<string> = new Set(['source', 'event_name', 'destination']);

/** Every other number of the line is a count, so that a new match key needs no change here. */
function coverage(fields: Fields, common: Common): CoverageLine | undefined {
  const name = decodeLabels(textOf(fields.event_name), 1)[0]?.[0];
  if (name === undefined) return undefined;
  const counts = Object.entries(fields).filter(
    (entry): entry is [CoverageCount, number] =>
      typeof entry[1] === 'number' && !namesOfCoverage.has(entry[0]),
  );
  return {
    ...common,
    kind: 'coverage',
    source: textOf(fields.source) ?? 'queue',
    name,
    destination: textOf(fields.destination) ?? 'default',
    counts: Object.fromEntries(counts),
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const wordsOf = (value: unknown): string[] => textOf(value)?.split(' ') ?? [];

const entryOf = (word: string): string | undefined => (word === '-' ? undefined : word);

/** The fingerprints of one entry of `order`. */
const split = (entry: string): string[] => (entry === '' || entry === '-' ? [] : entry.split(','));
