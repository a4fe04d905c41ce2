/** Reads the lines that say what became of events: calls, waits, dead letters, an operator's work, and coverage. */
import type {
  AnsweredLine,
  CoverageCount,
  CoverageLine,
  OperatorLine,
  ParkedLine,
  WaitsLine,
} from '../line.ts';
import { decodeLabels } from '../positions.ts';
import { type Common, entryOf, type Fields, fingerprintsIn, numberOf, textOf, wordsOf } from './values.ts';

const verdicts = ['delivered', 'retry', 'hold', 'reject'] as const;

export function answered(fields: Fields, common: Common): AnsweredLine | undefined {
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

export function waits(fields: Fields, common: Common): WaitsLine {
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

export function parked(fields: Fields, common: Common): ParkedLine {
  return {
    ...common,
    kind: 'parked',
    event: textOf(fields.event),
    orders: fingerprintsIn(textOf(fields.order) ?? ''),
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

export function finished(fields: Fields, common: Common, kind: OperatorLine['kind']): OperatorLine {
  return {
    ...common,
    kind,
    event: textOf(fields.event),
    destination: textOf(fields.destination),
    reason: textOf(fields.reason) ?? 'unknown',
    messageId: textOf(fields.message_id) ?? '',
  };
}

/** Not counts. */
const namesOfCoverage: ReadonlySet<string> = new Set(['source', 'event_name', 'destination']);

/** Every other number of the line is a count, so that a new match key needs no change here. */
export function coverage(fields: Fields, common: Common): CoverageLine | undefined {
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
