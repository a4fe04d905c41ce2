/** Adds up lines of the journal by UTC day, as CloudWatch does for a deployed stage. */
import { addCounts, type CoverageSums } from '../../lib/journal/coverage.ts';
import type { JournalLine } from '../../lib/journal/line.ts';
import type { CoverageSum, FlowSum } from './journal.ts';

/** `2026-11-26`. */
export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

export function createCoverageSums() {
  const sums = new Map<string, CoverageSum & { readonly counts: CoverageSums }>();
  return {
    add({ day, source, name, destination, counts }: CoverageSum): void {
      const key = JSON.stringify([day, source, name, destination]);
      const sum = sums.get(key) ?? { day, source, name, destination, counts: {} };
      sums.set(key, sum);
      addCounts(sum.counts, counts);
    },
    /** In the order of the days. */
    list: (): CoverageSum[] =>
      [...sums].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, sum]) => sum),
  };
}

type FlowCount = Exclude<keyof FlowSum, 'day'>;

export function createFlowSums() {
  const days = new Map<string, Record<FlowCount, number>>();
  return {
    add(day: string, counts: Partial<Record<FlowCount, number>>): void {
      const sum = days.get(day) ?? {
        accepted: 0,
        rejected: 0,
        skipped: 0,
        parked: 0,
        replayed: 0,
        discarded: 0,
      };
      for (const name of Object.keys(sum) as FlowCount[]) sum[name] += counts[name] ?? 0;
      days.set(day, sum);
    },
    list: (): FlowSum[] =>
      [...days]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([day, counts]) => ({ day, ...counts })),
  };
}

/** What one line adds to the flow of its day. Events of a dry run go nowhere. */
export function flowOf(line: JournalLine): Partial<Record<FlowCount, number>> {
  if (line.kind === 'parked' || line.kind === 'replayed' || line.kind === 'discarded')
    return { [line.kind]: 1 };
  if (line.kind !== 'received') return {};
  if (line.via === 'queue') return { accepted: line.accepted + line.rejected };
  const missed = line.via === 'api' ? 'rejected' : 'skipped';
  return { accepted: line.isDryRun ? 0 : line.accepted, [missed]: line.rejected };
}
