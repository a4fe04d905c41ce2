/** Counts rows by outcome, also those that are no longer in memory, and measures the time to delivery. */
import type { EventRow, Outcome } from '../../../lib/journal/row.ts';

export interface Totals {
  /** @param rows that are new or have changed */
  update(rows: readonly EventRow[]): void;
  counts(): Readonly<Record<Outcome, number>>;
  medianMs(): number | undefined;
  sources(): string[];
  names(): string[];
}

/** Twice as many rows as the fold keeps: a row that is gone can no longer change. */
const maxKnown = 25_000;
/** The median is that of the last deliveries. */
const maxTimes = 1_000;

export function createTotals(): Totals {
  const known = new Map<string, Outcome>();
  const counts: Record<Outcome, number> = {
    accepted: 0,
    waiting: 0,
    held: 0,
    delivered: 0,
    'dead-letter': 0,
    rejected: 0,
    skipped: 0,
    discarded: 0,
  };
  const times: number[] = [];
  const [sources, names] = [new Set<string>(), new Set<string>()];

  function move({ id, outcome, tookMs }: EventRow): void {
    const before = known.get(id);
    if (before === outcome) return;
    if (before !== undefined) counts[before] -= 1;
    counts[outcome] += 1;
    known.delete(id);
    known.set(id, outcome);
    if (outcome === 'delivered' && tookMs !== undefined) times.push(tookMs);
  }

  return {
    update: (rows) => {
      for (const row of rows) {
        move(row);
        sources.add(row.source);
        if (row.name !== undefined) names.add(row.name);
      }
      for (const id of known.keys()) {
        if (known.size <= maxKnown) break;
        known.delete(id);
      }
      times.splice(0, times.length - maxTimes);
    },
    counts: () => ({ ...counts }),
    medianMs: () => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)],
    sources: () => [...sources].toSorted(),
    names: () => [...names].toSorted(),
  };
}
