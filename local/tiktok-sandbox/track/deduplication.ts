/** TikTok's deduplication: the first copy of source id + event + event_id counts, later ones within 48 hours do not. */

const windowMs = 48 * 3600 * 1000;
const maxRemembered = 1_000_000;

export interface Deduplication {
  /** Remembers the events and returns how many of them had been seen. An event without `event_id` is always new. */
  countDuplicates(sourceId: string, events: readonly { event: string; event_id?: string }[]): number;
  clear(): void;
}

export function createDeduplication(now: () => number = Date.now): Deduplication {
  /** Key → when the first copy came. Oldest first, since a Map keeps the order of insertion. */
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
