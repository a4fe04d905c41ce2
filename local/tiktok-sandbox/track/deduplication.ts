/** TikTok's deduplication: of events with equal source id, name and event_id, only the first in 48 hours counts. */

const windowMs = 48 * 3600 * 1000;
const maxRemembered = 1_000_000;

export interface Deduplication {
  /** Remembers the events. @returns how many were duplicates; an event without `event_id` never is */
  countDuplicates(sourceId: string, events: readonly { event: string; event_id?: string }[]): number;
  clear(): void;
}

export function createDeduplication(now: () => number = Date.now): Deduplication {
  /** Time of the first copy by key, oldest first, because a Map keeps the order of insertion. */
  const seen = new Map<string, number>();

  function forgetOld(time: number): void {
    for (const [key, at] of seen) {
      if (at + windowMs > time && seen.size <= maxRemembered) return;
      seen.delete(key);
    }
  }

  return {
    countDuplicates: (sourceId, events) => {
      const time = now();
      forgetOld(time);
      let duplicates = 0;
      for (const { event, event_id: id } of events) {
        if (id === undefined) continue;
        const key = JSON.stringify([sourceId, event, id]);
        if (seen.has(key)) duplicates += 1;
        else seen.set(key, time);
      }
      return duplicates;
    },
    clear: () => seen.clear(),
  };
}
