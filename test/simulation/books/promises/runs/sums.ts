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

export const promise13TheCoverageIsRight: FactCheck<'ended'> = ({ invocation, report }) => {
  const coverage = linesOf(report, 'coverage');
  const delivered = report.calls.filter(({ isDelivered }) => isDelivered);
  const tests = delivered.filter(({ testCode }) => testCode !== undefined);
  if (new Set(report.records.map(({ key }) => key)).size < report.records.length) return undefined;
  const wanted = [
    ['test', sum(tests.map(({ keys }) => keys.length))],
    ['content_ids', sum(delivered.map(({ withContentIds }) => withContentIds))],
  ] as const;
  for (const [name, value] of wanted) {
    const counted = sum(coverage.map((fields) => fields[name]));
    if (counted !== value)
      return `promise 13: the coverage of run ${invocation} counts ${name} ${counted} times, not ${value}`;
  }
  return undefined;
};

/** The consumer logs what other producers sent, when it gets a message for the first time. */
export const promise13ForeignIsLogged: FactCheck<'ended'> = (
  { invocation: number, report },
  _,
  { invocations },
) => {
  const foreign = invocations.get(number)?.foreign;
  const first = report.records.filter(({ receives }) => receives === 1);
  const natures = first.flatMap(({ key }) => foreign?.get(key) ?? []);
  const invalid = first.filter(
    ({ key, body }) => foreign?.get(key) === 'invalid' || (foreign?.has(key) && isExpired(body, report)),
  ).length;
  const lines = linesOf(report, 'events received');
  const accepted = sum(lines.map((fields) => fields.accepted));
  const rejected = sum(lines.map((fields) => fields.rejected));
  const hasErrors = lines.some(({ errors }) => errors !== undefined);
  const events = lines.flatMap(({ event }) => String(event).split(' '));
  return accepted === natures.length - invalid &&
    rejected === invalid &&
    hasErrors === invalid > 0 &&
    events.length === natures.length
    ? undefined
    : `promise 13: run ${number} logged ${accepted} valid and ${rejected} invalid events of other producers; they are ${natures.length - invalid} and ${invalid}`;
};

const isExpired = (body: string, { letters }: RunReport): boolean =>
  letters.some((letter) => letter.body === body && letter.attributes.reason === 'expired');
