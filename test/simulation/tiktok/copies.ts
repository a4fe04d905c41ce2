/**
 * The copies of an event at TikTok: of copies with one pixel, name and id, only the first in 48 hours counts, and one of
 * the pixel and one of the server merge when they come within 5 minutes of each other (help page "event deduplication").
 */
import type { Surroundings } from '../world-parts.ts';
import type { TrackedEvent } from './request.ts';

const deduplicationMs = 48 * 3_600_000;
const mergeMs = 5 * 60_000;

interface Copies {
  /** TikTok takes the copies of the server. */
  readonly take: (events: readonly TrackedEvent[]) => void;
  /** TikTok takes the copy of the pixel. */
  readonly takePixel: (key: string) => void;
  /** True when TikTok had every one of the events in the last 48 hours. */
  readonly hasAll: (events: readonly TrackedEvent[]) => boolean;
}

export function createCopies({ scheduler, witness }: Pick<Surroundings, 'scheduler' | 'witness'>): Copies {
  /** When the copy came that counts, by identity: a later one replaces it after 48 hours. */
  const countedMs = new Map<string, number>();
  /** When the first copy of each side came, by key. The pixel knows the key alone. */
  const serverMs = new Map<string, number>();
  const pixelMs = new Map<string, number>();
  const isRecent = (atMs: number | undefined): boolean =>
    atMs !== undefined && scheduler.now() - atMs < deduplicationMs;

  function meet(key: string): void {
    const [server, pixel] = [serverMs.get(key), pixelMs.get(key)];
    if (server === undefined || pixel === undefined) return;
    if (Math.abs(server - pixel) <= mergeMs) witness({ kind: 'merged', key });
  }

  function takeOne({ key, id, identity }: TrackedEvent): void {
    const counts = !isRecent(countedMs.get(identity)) && !isRecent(pixelMs.get(key));
    if (counts) countedMs.set(identity, scheduler.now());
    witness({ kind: 'taken', key, counts, eventId: id });
    if (serverMs.has(key)) return;
    serverMs.set(key, scheduler.now());
    meet(key);
  }

  return {
    take: (events) => events.forEach(takeOne),
    takePixel(key) {
      if (pixelMs.has(key)) return;
      pixelMs.set(key, scheduler.now());
      witness({ kind: 'pixel', key, counts: !isRecent(serverMs.get(key)) });
      meet(key);
    },
    hasAll: (events) => events.every(({ identity }) => isRecent(countedMs.get(identity))),
  };
}
