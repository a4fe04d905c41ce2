/** TikTok's deduplication: of events with equal source id, name and event_id, only the first in 48 hours counts. */

const windowMs = 48 * 3600 * 1000;
const maxRemembered = 1_000_000;

interface SentEvent {
  readonly event: string;
  readonly event_id?: string;
}

export interface Deduplication {
  /** Remembers the events. @returns the first copies; an event without `event_id` always is one */
  firstCopies<Sent extends SentEvent>(sourceId: string, events: readonly Sent[]): Sent[];
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
    firstCopies: (sourceId, events) => {
      const time = now();
      forgetOld(time);
      return events.filter(({ event, event_id: id }) => {
        if (id === undefined) return true;
        const key = JSON.stringify([sourceId, event, id]);
        if (seen.has(key)) return false;
        seen.set(key, time);
        return true;
      });
    },
    clear: () => seen.clear(),
  };
}
