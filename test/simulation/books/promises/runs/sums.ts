/** Promise 13: the metrics and the lines about other producers agree with what the run did. */
import type { MetricName } from '../../../../../lib/telemetry/telemetry.ts';
import type { FactCheck } from '../../check.ts';
import type { RunReport } from '../../run-report.ts';

const sum = (values: readonly unknown[]): number =>
  values.reduce<number>((total, value) => total + Number(value ?? 0), 0);

const linesOf = ({ lines }: RunReport, message: string) =>
  lines.filter((line) => line.message === message).map(({ fields }) => fields);

export const promise13TheMetricsAreRight: FactCheck<'ended'> = ({ invocation, report }) => {
  const { counts, calls, letters } = report;
  const waits = linesOf(report, 'message waits');
  const held = sum(waits.filter(({ outcome }) => outcome === 'hold').map(({ count }) => count));
  const notParked = sum(waits.filter(({ detail }) => detail === 'not_parked').map(({ count }) => count));
  const partial = calls.filter(({ isDelivered, reason }) => isDelivered && reason === 'tiktok_20001');
  const wanted: readonly (readonly [MetricName, number])[] = [
    ['EventsPartial', sum(partial.map(({ keys }) => keys.length))],
    ['EventsHeld', held],
    ['EventsParked', letters.length + notParked],
    ['EventsRetried', sum(waits.map(({ count }) => count)) - held - notParked],
    ['AwsErrors', sum(linesOf(report, 'aws call failed').map(({ count }) => count))],
  ];
  const wrong = wanted.find(([name, value]) => (counts.get(name) ?? 0) !== value);
  return (
    wrong &&
    `promise 13: run ${invocation} counted ${wrong[0]} ${counts.get(wrong[0]) ?? 0}, and they are ${wrong[1]}`
  );
};

/** Parking and delaying fail apart: a person looks for each in another place. */
export const promise13AwsErrorsAreNamed: FactCheck<'ended'> = ({ invocation, report }) => {
  const errors = linesOf(report, 'aws call failed').filter(({ operation }) => operation !== 'read_secret');
  const notParked = sum(errors.filter(({ operation }) => operation === 'park').map(({ count }) => count));
  const waiting = linesOf(report, 'message waits').filter(({ detail }) => detail === 'not_parked');
  const wrong = errors.find(({ operation, aws_error }) => !operations.has(operation) || !aws_error);
  return wrong === undefined && notParked === sum(waiting.map(({ count }) => count))
    ? undefined
    : `promise 13: run ${invocation} did not say rightly what failed: ${JSON.stringify(errors)}`;
};

const operations: ReadonlySet<unknown> = new Set(['park', 'delay']);

/** A function queues an event within this time after it received it. */
const queuedWithinMs = 5_000;

export const promise13TheAgesAreRight: FactCheck<'ended'> = ({ invocation, report }) => {
  const { records, failures, letters, counts, endedAtMs } = report;
  const bodies = new Set(letters.map(({ body }) => body));
  if (new Set(records.map(({ body }) => body)).size < records.length) return undefined;
  const ages = records
    .filter(({ messageId, body }) => !failures.includes(messageId) && !bodies.has(body))
    .map(({ sentAtMs }) => endedAtMs - sentAtMs);
  for (const [name, fromMs] of [
    ['EventsSlow', 60_000],
    ['EventsLate', 300_000],
  ] as const) {
    const [least, most] = [fromMs, fromMs - queuedWithinMs].map(
      (ms) => ages.filter((age) => age > ms).length,
    ) as [number, number];
    const count = counts.get(name) ?? 0;
    if (count < least || count > most)
      return `promise 13: run ${invocation} counted ${name} ${count}, and they are ${least} to ${most}`;
  }
  return undefined;
};
