/**
 * Reports a batch to the operator. Log lines: one for each call, each parked message, each reason to wait that no call
 * explains, each kind of AWS error, and the batch. No line contains personal data.
 */
import { fingerprint } from '../privacy/sha256.ts';
import { reportAwsErrors } from '../telemetry/aws-errors.ts';
import type { MetricName, Telemetry } from '../telemetry/telemetry.ts';
import type { Call } from './attempt.ts';
import type { Disposition, Message, SettledMessage, Wait } from './message.ts';
import { isParked, type ParkedMessage, type Settlement } from './settle.ts';

export interface BatchReport {
  readonly settled: readonly SettledMessage[];
  readonly calls: readonly Call[];
  readonly awsErrors: Settlement['awsErrors'];
  readonly durationMs: number;
}

/** Logs and counts each call to TikTok; times are in milliseconds. */
export function reportCalls(calls: readonly Call[], telemetry: Telemetry): void {
  for (const { destinationName, messages, verdict, requestId, durationMs } of calls) {
    telemetry.count('TikTokLatency', durationMs);
    const isPartial = verdict.kind === 'delivered' && verdict.isPartial;
    if (isPartial) telemetry.count('EventsPartial', messages.length);
    const level = verdict.kind === 'delivered' && !isPartial ? 'info' : 'warn';
    telemetry[level]('tiktok answered', {
      destination: destinationName,
      count: messages.length,
      outcome: verdict.kind,
      reason: verdict.reason,
      detail: verdict.kind === 'hold' ? verdict.detail : undefined,
      duration_ms: durationMs,
      tiktok_request_id: requestId,
      trace: tracesOf(messages),
    });
  }
}

/** Logs and counts the result of a batch, and writes the metrics of the invocation. */
export function reportBatch(batch: BatchReport, telemetry: Telemetry): void {
  const { settled, calls, awsErrors, durationMs } = batch;
  const counts = countDispositions(settled);
  countEvents(counts, telemetry);
  for (const parked of settled.filter(isParked)) reportParked(parked, telemetry);
  for (const waiting of unexplained(settled, calls)) reportWaiting(waiting, telemetry);
  reportAwsErrors(telemetry, 'park', awsErrors.park);
  reportAwsErrors(telemetry, 'delay', awsErrors.delay);
  telemetry[counts.delivered === settled.length ? 'info' : 'warn']('batch settled', {
    count: settled.length,
    ...counts,
    calls: calls.length,
    duration_ms: durationMs,
  });
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
  const countIfAny = (name: MetricName, value: number): void => {
    if (value > 0) telemetry.count(name, value);
  };
  countIfAny('EventsDelivered', counts.delivered);
  countIfAny('EventsRetried', counts.retried);
  countIfAny('EventsHeld', counts.held);
  countIfAny('EventsParked', counts.parked);
}

function reportParked({ message, disposition }: ParkedMessage, telemetry: Telemetry): void {
  telemetry.warn('message parked', {
    reason: disposition.reason,
    detail: disposition.detail,
    outcome: disposition.acknowledgement,
    destination: message.destinationName,
    event: message.event && fingerprint(message.event.id),
    message_id: message.messageId,
    receives: message.receives,
    tiktok_request_id: disposition.requestId,
    trace: message.trace,
  });
}

/** @param waiting at least one */
function reportWaiting(waiting: readonly WaitingMessage[], telemetry: Telemetry): void {
  telemetry.warn('events not sent', {
    destination: waiting[0]?.message.destinationName,
    count: waiting.length,
    outcome: waiting[0]?.disposition.kind,
    reason: waiting[0]?.disposition.reason,
    trace: tracesOf(waiting.map(({ message }) => message)),
  });
}

type WaitingMessage = SettledMessage & { readonly disposition: Wait };

const isWaiting = (settled: SettledMessage): settled is WaitingMessage =>
  settled.disposition.kind === 'retry' || settled.disposition.kind === 'hold';

/** Waiting messages whose reason no call has logged, such as a missing token, grouped by destination and reason. */
function unexplained(settled: readonly SettledMessage[], calls: readonly Call[]): WaitingMessage[][] {
  const logged = new Set(
    calls.map(({ destinationName, verdict }) => groupKey(destinationName, verdict.reason)),
  );
  const groups = Map.groupBy(settled.filter(isWaiting), ({ message, disposition }) =>
    groupKey(message.destinationName, disposition.reason),
  );
  return [...groups].filter(([key]) => !logged.has(key)).map(([, waiting]) => waiting);
}

const groupKey = (destination: string | undefined, reason: string): string =>
  `${destination ?? ''} ${reason}`;

const tracesOf = (messages: readonly Pick<Message, 'trace'>[]): string =>
  [...new Set(messages.map(({ trace }) => trace))].join(' ');
