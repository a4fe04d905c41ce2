/** Counts events over time: a fixed number of small steps in memory, added up to as many buckets as a chart can show. */
import type { JournalLine } from '../../../lib/journal/line.ts';
import type { ConsoleState } from '../../api.ts';

export interface Flow {
  add(line: JournalLine): void;
  buckets(sinceMs: number, nowMs: number): ConsoleState['flow'];
}

type Series = 'accepted' | 'delivered' | 'failed';
type Counts = Readonly<Partial<Record<Series, number>>>;

const stepMs = 10_000;
/** A week of steps. */
const maxSteps = (7 * 86_400_000) / stepMs;
const maxBuckets = 60;
const minute = 60_000;
const hour = 60 * minute;
/** Lengths that a person reads easily; each contains the one before. */
const lengths = [stepMs, 30_000, minute, 5 * minute, 15 * minute, 30 * minute, hour, 6 * hour, 24 * hour];

export function createFlow(): Flow {
  const steps = new Map<number, Record<Series, number>>();

  return {
    add: (line) => {
      const counts = countsOf(line);
      if (Object.keys(counts).length === 0) return;
      const step = Math.floor(line.atMs / stepMs);
      const sum = steps.get(step) ?? { accepted: 0, delivered: 0, failed: 0 };
      steps.set(step, sum);
      for (const series of ['accepted', 'delivered', 'failed'] as const) sum[series] += counts[series] ?? 0;
      if (steps.size > maxSteps) steps.delete(steps.keys().next().value ?? 0);
    },
    buckets: (sinceMs, nowMs) => {
      // A gateway that has just started gets a chart of the usual width.
      const fromMs = Math.min(sinceMs, nowMs - maxBuckets * stepMs);
      const bucketMs = lengths.find((length) => (nowMs - fromMs) / length <= maxBuckets) ?? 24 * hour;
      const startMs = Math.floor(fromMs / bucketMs) * bucketMs + bucketMs;
      const count = Math.floor((nowMs - startMs) / bucketMs) + 1;
      const series = { accepted: zeros(count), delivered: zeros(count), failed: zeros(count) };
      for (const [step, sum] of steps) {
        const bucket = Math.floor((step * stepMs - startMs) / bucketMs);
        if (bucket < 0 || bucket >= count) continue;
        for (const name of ['accepted', 'delivered', 'failed'] as const)
          series[name][bucket] = (series[name][bucket] ?? 0) + sum[name];
      }
      return { bucketMs, startMs, ...series };
    },
  };
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0);

/** A skipped webhook is no failure: it is not meant to be sent. */
function countsOf(line: JournalLine): Counts {
  switch (line.kind) {
    case 'received': {
      const isWhole = line.events.length === 0 && (line.status ?? 0) >= 400;
      const failed = (line.via === 'api' ? line.rejected : 0) + (isWhole ? 1 : 0);
      return nonZero({ accepted: line.accepted, failed });
    }
    case 'answered':
      return line.verdict === 'delivered' ? nonZero({ delivered: line.events.length }) : {};
    case 'parked':
      return { failed: 1 };
    default:
      return {};
  }
}

const nonZero = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
