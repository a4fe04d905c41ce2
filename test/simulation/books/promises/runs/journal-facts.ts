/** Promise 13: what the journal says about each message is what the message says about itself. */
import { decodeLabels } from '../../../../../lib/journal/positions.ts';
import type { FactCheck } from '../../check.ts';
import type { ReportedLine, ReportedRecord, RunReport } from '../../run-report.ts';
import { factsOfRecord } from './record-facts.ts';

type Fields = ReportedLine['fields'];

const linesOf = ({ lines }: RunReport, message: string): Fields[] =>
  lines.filter((line) => line.message === message).map(({ fields }) => fields);

const unique = (texts: readonly string[]): string => [...new Set(texts)].join(' ');

export const promise13ParkedIsNamed: FactCheck<'ended'> = ({ invocation, report }, _, { plan }) => {
  const wrong = linesOf(report, 'message parked').find((fields) => {
    const record = report.records.find(({ messageId }) => messageId === fields.message_id);
    return record === undefined || !isNamed(fields, record, plan.destinations);
  });
  return wrong && `promise 13: run ${invocation} says this of a message: ${JSON.stringify(wrong)}`;
};

function isNamed(fields: Fields, record: ReportedRecord, destinations: readonly string[]): boolean {
  const { event, order, name, source, trace, destination = '' } = factsOfRecord(record);
  return (
    fields.event === event &&
    fields.order === order &&
    fields.event_name === name &&
    fields.source === source &&
    fields.trace === trace &&
    fields.destination === (destinations.includes(destination) ? destination : undefined)
  );
}

export const promise13WaitingIsNamed: FactCheck<'ended'> = ({ invocation, report }) => {
  const { records, failures } = report;
  if (new Set(records.map(({ messageId }) => messageId)).size < records.length) return undefined;
  const waiting = records.filter(({ messageId }) => failures.includes(messageId)).map(factsOfRecord);
  const lines = linesOf(report, 'message waits');
  const list = (name: 'event' | 'trace'): string[] =>
    lines.flatMap((fields) => String(fields[name]).split(' '));
  const isRight =
    list('event').toSorted().join() ===
      waiting
        .map(({ event = '-' }) => event)
        .toSorted()
        .join() && unique(list('trace').toSorted()) === unique(waiting.map(({ trace }) => trace).toSorted());
  return isRight
    ? undefined
    : `promise 13: run ${invocation} names other messages that wait: ${JSON.stringify(lines)}`;
};

export const promise13CallsHaveTheirTraces: FactCheck<'ended'> = ({ invocation, report }) => {
  const { records, calls } = report;
  if (new Set(records.map(({ key }) => key)).size < records.length) return undefined;
  const traces = new Map(records.map((record) => [record.key, factsOfRecord(record).trace]));
  const wanted = calls.map(({ keys }) => unique(keys.map((key) => traces.get(key) ?? '')));
  const logged = linesOf(report, 'tiktok answered').map(({ trace }) => String(trace));
  return logged.toSorted().join() === wanted.toSorted().join()
    ? undefined
    : `promise 13: run ${invocation} logged the traces ${logged.join('; ')}, not ${wanted.join('; ')}`;
};

/** The consumer logs what other producers sent, when it gets a message for the first time. */
export const promise13ForeignIsLogged: FactCheck<'ended'> = ({ invocation, report }, _, sight) => {
  const natures = sight.invocations.get(invocation)?.foreign;
  const first = report.records.filter((record) => record.receives === 1 && factsOfRecord(record).isForeign);
  const rejected = first.map((record) => {
    const { destination = 'default', notAfterMs } = factsOfRecord(record);
    // A destination that is not configured is no fault of the event.
    const isInvalid = natures?.get(record.key) === 'invalid' && sight.plan.destinations.includes(destination);
    return isInvalid || (report.endedAtMs > notAfterMs && !wasSent(record, report));
  });
  const lines = linesOf(report, 'events received');
  if (lines.length !== Math.min(first.length, 1))
    return `promise 13: run ${invocation} has ${lines.length} lines about ${first.length} messages of other producers`;
  const [fields] = lines;
  return fields === undefined || isForeignLine(fields, first, rejected)
    ? undefined
    : `promise 13: run ${invocation} says this of the messages of other producers: ${JSON.stringify(fields)}`;
};

const wasSent = ({ key }: ReportedRecord, { calls }: RunReport): boolean =>
  calls.some(({ keys }) => keys.includes(key));

function isForeignLine(
  fields: Fields,
  records: readonly ReportedRecord[],
  rejected: readonly boolean[],
): boolean {
  const facts = records.map(factsOfRecord);
  const labels = (name: 'errors' | 'warnings' | 'event_name'): string[][] =>
    decodeLabels(fields[name] as string | undefined, records.length);
  const orders = facts.map(({ order = '-' }) => order).join(' ');
  return (
    fields.source === 'queue' &&
    fields.rejected === rejected.filter(Boolean).length &&
    fields.accepted === records.length - rejected.filter(Boolean).length &&
    fields.event === facts.map(({ event = '-' }) => event).join(' ') &&
    (fields.order ?? facts.map(() => '-').join(' ')) === orders &&
    fields.trace === unique(facts.map(({ trace }) => trace)) &&
    labels('errors').every((errors, index) => errors.length > 0 === rejected[index]) &&
    labels('warnings').every((warnings, index) => warnings.length === 0 || !rejected[index]) &&
    labels('event_name').every(([name], index) => name === facts[index]?.name)
  );
}
