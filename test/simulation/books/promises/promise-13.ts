/** Promise 13: the journal says of every event what happened to it. Each line of a run of the consumer is checked. */
import { fingerprint } from '../../../../lib/privacy/sha256.ts';
import type { FactCheck, FactOf } from '../check.ts';
import type { ReportedCall, ReportedLetter, ReportedLine, RunReport } from '../run-report.ts';

type Look = (report: RunReport) => string | undefined;

/** A message that SQS hands out twice in one batch has two ends in one run. */
const hasRepeats = ({ records }: RunReport): boolean =>
  new Set(records.map(({ messageId }) => messageId)).size < records.length;

function check(look: Look, { invocation, report }: FactOf<'ended'>): string | undefined {
  const problem = hasRepeats(report) ? undefined : look(report);
  return problem === undefined ? undefined : `promise 13: the journal of run ${invocation}: ${problem}`;
}

const linesOf = ({ lines }: RunReport, message: string): readonly ReportedLine[] =>
  lines.filter((line) => line.message === message);
const sumOf = (values: readonly unknown[]): number =>
  values.reduce<number>((sum, value) => sum + Number(value ?? 0), 0);
const list = (text: unknown): string[] => String(text ?? '').split(' ');

const looksAtCalls: Look = (report) => {
  const lines = linesOf(report, 'tiktok answered');
  if (lines.length !== report.calls.length) return `${lines.length} lines for ${report.calls.length} calls`;
  // Calls of several destinations at once are logged when each destination is done.
  const open = [...report.calls];
  for (const line of lines) {
    const index = open.findIndex((call) => tells(line, call));
    if (index < 0) return `no call is as this line says: ${JSON.stringify(line)}`;
    open.splice(index, 1);
  }
  return undefined;
};

function tells({ level, fields }: ReportedLine, call: ReportedCall): boolean {
  const isPartial = call.reason === 'tiktok_20001' && call.isDelivered;
  return (
    fields.event === call.eventIds.map(fingerprint).join(' ') &&
    fields.count === call.eventIds.length &&
    fields.reason === call.reason &&
    (fields.outcome === 'delivered') === call.isDelivered &&
    fields.partial === (isPartial || undefined) &&
    level === (call.isDelivered && !isPartial ? 'info' : 'warn') &&
    fields.tiktok_request_id === call.requestId &&
    fields.duration_ms === call.endedAtMs - call.startedAtMs &&
    fields.destination === call.destination &&
    fields.detail === (fields.outcome === 'hold' ? call.setting : undefined) &&
    list(fields.trace).every((trace) => trace !== '')
  );
}

const looksAtLetters: Look = (report) => {
  const lines = linesOf(report, 'message parked');
  if (lines.length !== report.letters.length)
    return `${lines.length} lines for ${report.letters.length} dead letters`;
  const wrong = lines.find((line) => !report.letters.some((letter) => tellsLetter(line, letter, report)));
  return wrong && `no dead letter is as this line says: ${JSON.stringify(wrong)}`;
};

function tellsLetter(
  { level, fields }: ReportedLine,
  { body, attributes }: ReportedLetter,
  report: RunReport,
): boolean {
  const record = report.records.find(({ messageId }) => messageId === fields.message_id);
  const isUndecodable = attributes.reason === 'undecodable';
  return (
    level === 'warn' &&
    record !== undefined &&
    body.includes(record.key) &&
    !report.failures.includes(record.messageId) &&
    fields.receives === record.receives &&
    fields.reason === attributes.reason &&
    fields.detail === attributes.detail &&
    fields.outcome === attributes.outcome &&
    fields.destination === attributes.destination &&
    fields.tiktok_request_id === attributes.tiktok_request_id &&
    (isUndecodable || fields.order === fingerprint(record.key)) &&
    (isUndecodable || typeof fields.event === 'string') &&
    Boolean(fields.source) &&
    Boolean(fields.trace)
  );
}

const looksAtWaits: Look = (report) => {
  const lines = linesOf(report, 'message waits');
  const count = sumOf(lines.map(({ fields }) => fields.count));
  if (count !== report.failures.length)
    return `${count} messages wait, and SQS keeps ${report.failures.length}`;
  const waits = lines.flatMap(({ fields }) =>
    list(fields.wait_s).map((wait, index) => `${wait} ${list(fields.receives)[index]}`),
  );
  const wanted = report.records
    .filter(({ messageId }) => report.failures.includes(messageId))
    .map(({ receiptHandle, receives }) => `${secondsOf(report, receiptHandle)} ${receives}`);
  if (waits.toSorted().join() !== wanted.toSorted().join())
    return `waits ${waits.join()}; wanted ${wanted.join()}`;
  const wrong = lines.find(
    ({ level, fields }) =>
      level !== 'warn' ||
      list(fields.event).length !== fields.count ||
      !(fields.outcome === 'retry' || fields.outcome === 'hold') ||
      !fields.reason ||
      !fields.trace,
  );
  return wrong && `this line is not complete: ${JSON.stringify(wrong)}`;
};

const secondsOf = ({ delays }: RunReport, handle: string): number | undefined =>
  delays.find(({ receiptHandle }) => receiptHandle === handle)?.seconds;

const looksAtSums: Look = (report) => {
  const { records, failures, letters, counts, calls, flushes } = report;
  const delivered = records.length - failures.length - letters.length;
  const count = (name: Parameters<typeof counts.get>[0]): number => counts.get(name) ?? 0;
  const all = count('EventsDelivered') + count('EventsRetried') + count('EventsHeld') + count('EventsParked');
  const coverage = linesOf(report, 'coverage').map(({ fields }) => fields);
  const durations = sumOf(calls.map(({ startedAtMs, endedAtMs }) => endedAtMs - startedAtMs));
  if (count('EventsDelivered') !== delivered)
    return `${count('EventsDelivered')} counted as delivered, not ${delivered}`;
  if (all !== records.length) return `${all} events counted of ${records.length}`;
  if (count('TikTokLatency') !== durations) return `${count('TikTokLatency')} ms counted, not ${durations}`;
  if (flushes !== 1) return `metrics were written ${flushes} times`;
  for (const name of ['events', 'email', 'value'] as const)
    if (sumOf(coverage.map((fields) => fields[name])) !== delivered)
      return `coverage counts ${name} ${sumOf(coverage.map((fields) => fields[name]))} times for ${delivered} events`;
  return undefined;
};

export const promise13EveryCallIsLogged: FactCheck<'ended'> = (fact) => check(looksAtCalls, fact);
export const promise13EveryLetterIsLogged: FactCheck<'ended'> = (fact) => check(looksAtLetters, fact);
export const promise13EveryWaitIsLogged: FactCheck<'ended'> = (fact) => check(looksAtWaits, fact);
export const promise13TheSumsAreRight: FactCheck<'ended'> = (fact) => check(looksAtSums, fact);
