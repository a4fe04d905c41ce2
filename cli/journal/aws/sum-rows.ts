/** Turns the rows of the queries that add up into the sums of the journal. */
import type { CoverageCount } from '../../../lib/journal/line.ts';
import { decodeLabels } from '../../../lib/journal/positions.ts';
import { coverageCounts } from '../../../lib/telemetry/log-fields.ts';
import type { CoverageSum, FlowSum } from '../journal.ts';
import { sumName } from './queries.ts';
import type { Row } from './run-query.ts';

export const coverageNames = Object.keys(coverageCounts) as readonly CoverageCount[];

/** CloudWatch writes the start of a day in UTC, `2026-11-26 00:00:00.000`. */
export const dayOfRow = (row: Row): string => (row['bin(1d)'] ?? '').slice(0, 10);

export function coverageOf(row: Row): CoverageSum {
  const counts = coverageNames
    .map((count) => [count, numberOf(row[sumName(count)])] as const)
    .filter(([, value]) => value > 0);
  return {
    day: dayOfRow(row),
    source: row.source ?? 'queue',
    name: decodeLabels(row.event_name, 1)[0]?.[0] ?? 'custom',
    destination: row.destination ?? 'default',
    counts: Object.fromEntries(counts),
  };
}

/** What a row of one `message`, source and kind of run adds to the flow of its day. */
export function flowOfRow(row: Row): Partial<Omit<FlowSum, 'day'>> {
  const lines = numberOf(row.lines);
  if (row.message === 'message parked') return { parked: lines };
  if (row.message === 'message replayed') return { replayed: lines };
  if (row.message === 'message discarded') return { discarded: lines };
  const [accepted, rejected] = [numberOf(row.sum_accepted), numberOf(row.sum_rejected)];
  if (row.message === 'events received' && row.source === 'queue') return { accepted: accepted + rejected };
  const missed = row.message === 'events received' ? 'rejected' : 'skipped';
  // CloudWatch writes a true of JSON as `1`.
  const isDryRun = row.dry_run === '1' || row.dry_run === 'true';
  return { accepted: isDryRun ? 0 : accepted, [missed]: rejected };
}

const numberOf = (text: string | undefined): number => Number(text) || 0;
