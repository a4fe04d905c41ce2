/** Counts the events of each pixel, name and hour for 31 days, because TikTok's statistics reach back further than any log. */

export interface StatCounts {
  readonly browser: number;
  readonly server: number;
  readonly attributed: number;
  readonly preview: number;
}

/** Counts to add; those that are missing are 0. */
export type AddedCounts = { readonly [Name in keyof StatCounts]?: number | undefined };

export interface HourCounts extends StatCounts {
  readonly pixel: string;
  readonly event: string;
  /** The start of the hour, in Unix milliseconds. */
  readonly hourMs: number;
}

export interface EventCounts {
  add(pixel: string, event: string, atMs: number, counts: AddedCounts): void;
  list(): readonly HourCounts[];
  clear(): void;
}

const hourMs = 3_600_000;
/** TikTok answers for 30 days. The 31st is today, which is not over. */
const keptMs = 31 * 24 * hourMs;
const maxEntries = 100_000;

/** @returns the UTC day, such as `2026-11-26` */
export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

export function createEventCounts(now: () => number = Date.now): EventCounts {
  /** Oldest entry first, because a Map keeps the order of insertion. */
  const hours = new Map<string, HourCounts>();

  let forgottenAtMs = 0;

  function makeRoom(): void {
    const [first] = hours.keys();
    if (hours.size >= maxEntries && first !== undefined) hours.delete(first);
    // Once an hour, because it looks at every entry.
    if (now() - forgottenAtMs < hourMs) return;
    forgottenAtMs = now();
    for (const [key, entry] of hours) if (entry.hourMs < forgottenAtMs - keptMs) hours.delete(key);
  }

  return {
    add: (pixel, event, atMs, counts) => {
      const start = Math.floor(atMs / hourMs) * hourMs;
      const key = JSON.stringify([pixel, event, start]);
      const before = hours.get(key);
      if (before === undefined) makeRoom();
      hours.set(key, { pixel, event, hourMs: start, ...sum(before, counts) });
    },
    list: () => [...hours.values()],
    clear: () => hours.clear(),
  };
}

export const sum = (before: StatCounts | undefined, counts: AddedCounts): StatCounts => ({
  browser: (before?.browser ?? 0) + (counts.browser ?? 0),
  server: (before?.server ?? 0) + (counts.server ?? 0),
  attributed: (before?.attributed ?? 0) + (counts.attributed ?? 0),
  preview: (before?.preview ?? 0) + (counts.preview ?? 0),
});
