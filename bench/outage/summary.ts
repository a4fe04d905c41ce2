/** What the ages of the events at their arrival at TikTok say about promise 11. */

export interface Sent {
  readonly atMs: number;
  arrivedAtMs: number | undefined;
}

interface Outage {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** An event that is posted up to this long before an outage can still wait in a window when it starts. */
const windowMs = 10_000;

/** @returns counts of events and ages in seconds; an event that never arrived is older than any other */
export function ageSummary(events: readonly Sent[], { fromMs, untilMs }: Outage) {
  const agesOf = (list: readonly Sent[]): number[] =>
    list.map(({ atMs, arrivedAtMs = Number.POSITIVE_INFINITY }) => (arrivedAtMs - atMs) / 1000);
  const ages = agesOf(events).toSorted((a, b) => a - b);
  const undisturbed = agesOf(events.filter(({ atMs }) => atMs < fromMs - windowMs || atMs > untilMs));
  const within = (list: readonly number[], seconds: number) => list.filter((age) => age <= seconds).length;
  return {
    events: ages.length,
    inFiveMinutes: within(ages, 300),
    undisturbed: undisturbed.length,
    undisturbedInOneMinute: within(undisturbed, 60),
    medianSeconds: ages[Math.floor(ages.length / 2)],
    p99Seconds: ages[Math.floor(ages.length * 0.99)],
    longestSeconds: ages.at(-1),
  };
}
