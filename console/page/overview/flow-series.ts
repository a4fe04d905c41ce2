/** The numbers of the chart, and the same in words. */
import type { ConsoleState } from '../../api.ts';
import { shortTime } from '../text/format-time.ts';
import { countText } from '../text/words.ts';

export type Flow = ConsoleState['flow'];

export interface Bucket {
  readonly atMs: number;
  readonly accepted: number;
  readonly delivered: number;
  readonly failed: number;
}

export const bucketsOf = ({ startMs, bucketMs, accepted, delivered, failed }: Flow): readonly Bucket[] =>
  accepted.map((count, index) => ({
    atMs: startMs + index * bucketMs,
    accepted: count,
    delivered: delivered[index] ?? 0,
    failed: failed[index] ?? 0,
  }));

/**
 * The heights of the bars, from the one behind to the one in front: failed events stand on the others, because a rejected
 * event is not among the accepted ones.
 */
export const barsOf = (flow: Flow): [failed: number[], accepted: number[], delivered: number[]] => {
  const buckets = bucketsOf(flow);
  return [
    buckets.map(({ accepted, delivered, failed }) =>
      failed === 0 ? 0 : Math.max(accepted, delivered) + failed,
    ),
    buckets.map(({ accepted }) => accepted),
    buckets.map(({ delivered }) => delivered),
  ];
};

export const hasFlow = ({ accepted, delivered, failed }: Bucket): boolean =>
  accepted + delivered + failed > 0;

const units = [
  { ms: 86_400_000, name: 'day' },
  { ms: 3_600_000, name: 'hour' },
  { ms: 60_000, name: 'minute' },
  { ms: 1000, name: 'second' },
] as const;

/** `minute`, `15 minutes`. */
export function bucketName(bucketMs: number): string {
  const unit = units.find(({ ms }) => bucketMs >= ms && bucketMs % ms === 0) ?? { ms: 1000, name: 'second' };
  const count = bucketMs / unit.ms;
  return count === 1 ? unit.name : `${count} ${unit.name}s`;
}

/** One sentence with the totals and the peak. */
export function describeFlow(flow: Flow, nowMs: number): string {
  const buckets = bucketsOf(flow);
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return 'No events yet.';
  const sum = (key: 'accepted' | 'delivered' | 'failed') =>
    countText(buckets.reduce((total, bucket) => total + bucket[key], 0));
  const peak = buckets.reduce((one, other) => (other.accepted > one.accepted ? other : one));
  return [
    `Events per ${bucketName(flow.bucketMs)} from ${shortTime(first.atMs, nowMs)} to`,
    `${shortTime(last.atMs + flow.bucketMs, nowMs)}: ${sum('accepted')} accepted, ${sum('delivered')} delivered,`,
    `${sum('failed')} failed. Most accepted: ${countText(peak.accepted)} at ${shortTime(peak.atMs, nowMs)}.`,
  ].join(' ');
}
