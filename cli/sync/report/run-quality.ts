/** What the events of one run have that TikTok can match: counts only, added up while the rows pass. */
import type { Destinations, EventSource } from '../../../lib/events/destination.ts';
import { standardEvents } from '../../../lib/events/standard-events.ts';
import { type CoverageSums, countEvent } from '../../../lib/journal/coverage.ts';
import type { CoverageCount } from '../../../lib/journal/line.ts';
import { matchWaysOf, matchWeights } from '../../../lib/journal/match-quality.ts';
import type { RowEvent } from '../../../lib/rows/fit-event.ts';
import type { ReadyEvent } from '../../../lib/rows/prepared-row.ts';
import { isAbsent } from '../../../lib/schema/is-absent.ts';
import { isObject } from '../../../lib/schema/is-object.ts';
import { type Coverage, type QualityRow, qualityRows } from '../../quality/quality-report.ts';

export interface RunQuality {
  add(event: ReadyEvent): void;
  /** The names with the most events first. */
  rows(): QualityRow[];
}

/** @param destinations undefined when this machine does not know them: then every one counts as a web pixel */
export function createRunQuality(destinations: Destinations | undefined): RunQuality {
  const groups = new Map<string, Map<string, CoverageSums>>();
  const eventSourceOf = (destination: string): EventSource =>
    destinations?.[destination]?.eventSource ?? 'web';

  function sumsOf(name: string, destination: string): CoverageSums {
    const ofName = groups.get(name) ?? new Map<string, CoverageSums>();
    const sums = ofName.get(destination) ?? {};
    groups.set(name, ofName.set(destination, sums));
    return sums;
  }

  return {
    add: ({ event, canonical, hasOwnId }) => {
      const destination = typeof event.destination === 'string' ? event.destination : 'default';
      const sums = sumsOf(shownName(event.event_name), destination);
      if (canonical === undefined) countRow(sums, event, eventSourceOf(destination), hasOwnId);
      else countEvent(sums, canonical, eventSourceOf(destination), hasOwnId);
    },
    rows: () =>
      qualityRows([...toCoverage(groups)], {
        eventSourceOf,
        kindOf: () => ({ kind: 'sync' }),
        isDelivered: false,
      }),
  };
}

function* toCoverage(groups: ReadonlyMap<string, ReadonlyMap<string, CoverageSums>>): Generator<Coverage> {
  for (const [name, destinations] of groups)
    for (const [destination, counts] of destinations) yield { source: 'sync', name, destination, counts };
}

/** Any other name can be a cell of the wrong column, so it is shown as the journal shows it. */
const shownName = (name: unknown): string =>
  typeof name === 'string' && standardEvents.has(name) ? name : 'custom';

/** The same for a row whose canonical form only the gateway can make, such as one with a phone without a country. */
function countRow(sums: CoverageSums, row: Readonly<RowEvent>, source: EventSource, hasOwnId: boolean): void {
  const has = (name: string, of: Readonly<RowEvent> = row): boolean => !isAbsent(of[name]);
  const found = matchWaysOf(source)
    .flatMap((way): readonly CoverageCount[] => matchWeights[way].keys)
    .filter((key) => {
      if (key === 'ip_user_agent') return has('ip') && has('user_agent');
      return key === 'lead_id' ? isObject(row.lead) && has('lead_id', row.lead) : has(key);
    });
  if (has('value')) found.push('value');
  if (has('content_ids') || has('content_id') || has('contents')) found.push('content_ids');
  if (hasOwnId) found.push('own_id');
  for (const name of ['events', ...found] as const) sums[name] = (sums[name] ?? 0) + 1;
}
