/** Reports a batch to the operator: the lines of the journal, each kind of AWS error, and metrics. Nothing is personal. */
import { reportAwsErrors } from '../telemetry/aws-errors.ts';
import type { MetricName, Telemetry } from '../telemetry/telemetry.ts';
import type { Call } from './attempt.ts';
import { logCoverage, mergeWindowMs } from './journal/coverage.ts';
import { logCall, logParked, logWaiting } from './journal/lines.ts';
import type { Disposition, SettledMessage } from './message.ts';
import type { Settlement } from './settle.ts';

export interface BatchReport {
  readonly settled: readonly SettledMessage[];
  readonly settlement: Omit<Settlement, 'response'>;
  readonly nowMs: number;
}

/** Logs and counts each call to TikTok; times are in milliseconds. */
export function reportCalls(calls: readonly Call[], telemetry: Telemetry): void {
  for (const call of calls) {
    const { messages, verdict, durationMs } = call;
    telemetry.count('TikTokLatency', durationMs);
    if (verdict.kind === 'delivered' && verdict.isPartial) telemetry.count('EventsPartial', messages.length);
    logCall(call, telemetry);
  }
}

/** Logs and counts the result of a batch, and writes the metrics of the invocation. */
export function reportBatch(batch: BatchReport, telemetry: Telemetry): void {
  const { settled, settlement, nowMs } = batch;
  const { parked, waiting, awsErrors } = settlement;
  countEvents(countDispositions(settled), telemetry);
  countLate(settled, nowMs, telemetry);
  for (const each of parked) logParked(each, telemetry);
  logWaiting(waiting, telemetry);
  logCoverage(settled, nowMs, telemetry);
  reportAwsErrors(telemetry, 'park', awsErrors.park);
  reportAwsErrors(telemetry, 'delay', awsErrors.delay);
  telemetry.flush();
}

type Counts = ReturnType<typeof countDispositions>;

function countDispositions(settled: readonly SettledMessage[]) {
  const count = (kind: Disposition['kind']): number =>
    settled.filter(({ disposition }) => disposition.kind === kind).length;
  return {
    delivered: count('delivered'),
    retried: count('retry'),
    held: count('hold'),
    parked: count('park'),
  };
}

function countEvents(counts: Counts, telemetry: Telemetry): void {
  countIfAny('EventsDelivered', counts.delivered, telemetry);
  countIfAny('EventsRetried', counts.retried, telemetry);
  countIfAny('EventsHeld', counts.held, telemetry);
  countIfAny('EventsParked', counts.parked, telemetry);
}

/** 99.99 % of the events are delivered within this time when TikTok answers (promise 11). */
const usualMs = 60_000;

/** Counts the late events, and not those in time: so the metrics cost nothing while all is well. */
function countLate(settled: readonly SettledMessage[], nowMs: number, telemetry: Telemetry): void {
  const agesMs = settled.flatMap(({ message: { event }, disposition }) =>
    disposition.kind === 'delivered' && event !== undefined ? [nowMs - event.receivedAtMs] : [],
  );
  const countOlder = (name: MetricName, thanMs: number): void =>
    countIfAny(name, agesMs.filter((ageMs) => ageMs > thanMs).length, telemetry);
  countOlder('EventsSlow', usualMs);
  countOlder('EventsLate', mergeWindowMs);
}

function countIfAny(name: MetricName, value: number, telemetry: Telemetry): void {
  if (value > 0) telemetry.count(name, value);
}
