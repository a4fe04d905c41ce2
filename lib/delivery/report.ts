/**
 * What a batch tells the operator: one line for each call, one for each reason to wait that came without a call, one for
 * each parked message, one for each kind of error of AWS, one for the batch, metrics.
 */

import { fingerprint } from '../privacy/sha256.ts';
import { reportAwsErrors } from '../telemetry/aws-errors.ts';
import { countBy } from '../telemetry/count-by.ts';
import type { MetricName, Telemetry } from '../telemetry/telemetry.ts';
import type { CallReport } from './attempt.ts';
import type { Fate, Item } from './item.ts';
import { isParked, type Parked, type Settled, type Settlement } from './settle.ts';

export interface BatchReport {
  readonly settled: readonly Settled[];
  readonly awsErrors: Settlement['awsErrors'];
  readonly extraCalls: number;
  readonly durationMs: number;
}

export function createReport(telemetry: Telemetry, now: () => number) {
  let calls = 0;
  const told = new Set<string>();

  function call({ destinationName, items, verdict, requestId, durationMs }: CallReport): void {
    calls += 1;
    told.add(placeOf(destinationName, verdict.reason));
    telemetry.count('TikTokCalls');
    telemetry.count('TikTokLatency', durationMs);
    telemetry.count('BatchSize', items.length);
    const isDelivered = verdict.kind === 'delivered';
    const isFine = isDelivered && !verdict.isPartial;
    if (isDelivered && verdict.isPartial) telemetry.count('EventsPartial', items.length);
    telemetry[isFine ? 'info' : 'warn']('tiktok answered', {
      destination: destinationName,
      count: items.length,
      outcome: verdict.kind,
      reason: verdict.reason,
      duration_ms: durationMs,
      tiktok_request_id: requestId,
      trace: tracesOf(items),
    });
  }

  function batch({ settled, awsErrors, extraCalls, durationMs }: BatchReport): void {
    const counts = countFates(settled);
    countIfAny('EventsDelivered', counts.delivered);
    countIfAny('EventsRetried', counts.retried);
    countIfAny('EventsHeld', counts.held);
    countIfAny('IsolationCalls', extraCalls);
    const reasons = settled.filter(isParked).map(({ fate }) => fate.reason);
    countBy(telemetry, 'EventsParked', 'reason', reasons);
    for (const one of settled) {
      if (isParked(one)) parked(one);
      // What was delivered has an item; the compiler does not know.
      if (one.fate.kind === 'delivered' && one.item !== undefined) delivered(one.item);
    }
    for (const waiting of notSent(settled, told)) tellNotSent(waiting);
    reportAwsErrors(telemetry, 'park', awsErrors.park);
    reportAwsErrors(telemetry, 'delay', awsErrors.delay);
    const level = counts.delivered === settled.length ? 'info' : 'warn';
    telemetry[level]('batch settled', { count: settled.length, ...counts, calls, duration_ms: durationMs });
    telemetry.flush();
  }

  const countIfAny = (name: MetricName, value: number): void => {
    if (value > 0) telemetry.count(name, value);
  };

  function delivered(item: Item): void {
    telemetry.count('DeliveryAge', Math.max(0, now() - item.receivedAtMs));
    for (const key of item.matchKeys) telemetry.count(`MatchKeys.${key}`);
  }

  /** @param waiting one at least */
  function tellNotSent(waiting: readonly Waiting[]): void {
    telemetry.warn('events not sent', {
      destination: waiting[0]?.destinationName,
      count: waiting.length,
      outcome: waiting[0]?.fate.kind,
      reason: waiting[0]?.fate.reason,
      trace: tracesOf(waiting),
    });
  }

  function parked({ received, destinationName, trace, item, fate }: Parked): void {
    telemetry.warn('message parked', {
      reason: fate.reason,
      detail: fate.detail,
      outcome: fate.outcome,
      destination: destinationName,
      event: item && fingerprint(item.eventId),
      message_id: received.messageId,
      receives: received.receives,
      tiktok_request_id: fate.requestId,
      trace,
    });
  }

  return { call, batch };
}

type Waiting = Settled & { readonly fate: Extract<Fate, { readonly kind: 'retry' | 'hold' }> };

/** Those that wait for a reason that no call has told, such as a missing token, by destination and reason. */
function notSent(settled: readonly Settled[], told: ReadonlySet<string>): Waiting[][] {
  const untold = settled.filter(
    (one): one is Waiting =>
      (one.fate.kind === 'retry' || one.fate.kind === 'hold') &&
      !told.has(placeOf(one.destinationName, one.fate.reason)),
  );
  return [
    ...Map.groupBy(untold, ({ destinationName, fate }) => placeOf(destinationName, fate.reason)).values(),
  ];
}

/** A key for what lies together. */
const placeOf = (destination: string | undefined, reason: string): string => `${destination ?? ''} ${reason}`;

const tracesOf = (those: readonly { readonly trace: string }[]): string =>
  [...new Set(those.map(({ trace }) => trace))].join(' ');

function countFates(settled: readonly Settled[]) {
  const of = (kind: Fate['kind']): number => settled.filter(({ fate }) => fate.kind === kind).length;
  return { delivered: of('delivered'), retried: of('retry'), held: of('hold'), parked: of('park') };
}
