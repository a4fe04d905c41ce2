/** Promise 13: the coverage lines of a run count what its delivered events have, by source, name and destination. */
import type { FactCheck } from '../../check.ts';
import type { ReportedLine, RunReport } from '../../run-report.ts';
import { factsOfRecord } from './record-facts.ts';

/** The window in which TikTok merges an event with the pixel's copy. */
const mergeWindowMs = 5 * 60_000;

const counted = ['events', 'email', 'value', 'content_ids', 'own_id', 'in_time', 'test'] as const;
type Counted = (typeof counted)[number];

interface DeliveredEvent {
  /** As the line names it. */
  readonly group: string;
  readonly has: Readonly<Record<Counted, boolean>>;
}

export const promise13TheCoverageIsRight: FactCheck<'ended'> = ({ invocation, report }) => {
  const { records } = report;
  if (new Set(records.map(({ key }) => key)).size < records.length) return undefined;
  const groups = Map.groupBy(deliveredIn(report), ({ group }) => group);
  const lines = report.lines.filter(({ message }) => message === 'coverage').map(({ fields }) => fields);
  if (lines.length !== groups.size)
    return `promise 13: run ${invocation} has ${lines.length} coverage lines, not ${groups.size}`;
  for (const fields of lines) {
    const events = groups.get(groupOf(fields)) ?? [];
    const wrong = counted.find((name) => (fields[name] ?? 0) !== countOf(events, name));
    if (wrong !== undefined)
      return `promise 13: the coverage of run ${invocation} counts ${wrong} ${fields[wrong] ?? 0} times for ${groupOf(fields)}, not ${countOf(events, wrong)}`;
  }
  return undefined;
};

const groupOf = ({ source, event_name, destination }: ReportedLine['fields']): string =>
  `${source} ${event_name} ${destination}`;

const countOf = (events: readonly DeliveredEvent[], name: Counted): number =>
  events.filter(({ has }) => has[name]).length;

function deliveredIn({ calls, records, endedAtMs }: RunReport): DeliveredEvent[] {
  const byKey = new Map(records.map((record) => [record.key, factsOfRecord(record)]));
  return calls
    .filter(({ isDelivered }) => isDelivered)
    .flatMap(({ keys, sent, destination, testCode }) =>
      keys.flatMap((key, index) => {
        const [facts, event] = [byKey.get(key), sent[index]];
        if (facts === undefined || event === undefined) return [];
        const has = {
          ...event.has,
          events: true,
          own_id: facts.hasOwnId,
          in_time: endedAtMs - facts.happenedAtMs <= mergeWindowMs,
          test: testCode !== undefined,
        };
        return [{ group: `${facts.source} ${event.name} ${destination}`, has }];
      }),
    );
}
