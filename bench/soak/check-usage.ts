/** Checks the samples of a soak: memory, sockets and timers must not grow with the work done. */
import type { Usage } from '../pipeline/measured-process.ts';
import { type Bound, isFlat, riseOf } from './growth.ts';

const mega = 2 ** 20;

/** Generous: a leak of one object in a hundred requests shows within ten minutes, the noise of a busy machine does not. */
const bounds: Readonly<Record<'heapBytes' | 'rssBytes' | 'sockets' | 'timers' | 'descriptors', Bound>> = {
  heapBytes: { share: 0.15, amount: 6 * mega },
  rssBytes: { share: 0.25, amount: 48 * mega },
  sockets: { share: 0.25, amount: 60 },
  timers: { share: 0.25, amount: 100 },
  descriptors: { share: 0.25, amount: 120 },
};

/**
 * V8 reserves pages for a minute or so under load, and compiled code and bounded stores fill the heap by about 12 MB in
 * the first 10,000 events. A shorter run sees this growth, and no leak below 2 kB an event.
 */
const warmUntilMs = 120_000;
const shortBounds = { ...bounds, heapBytes: { share: 0.15, amount: 18 * mega }, rssBytes: undefined };

/** @returns a sentence for each figure that grew; samples of the warm-up must be left out */
export function findLeaks(samples: readonly Usage[], durationMs = warmUntilMs): string[] {
  return Object.entries(durationMs < warmUntilMs ? shortBounds : bounds).flatMap(([name, bound]) => {
    if (bound === undefined) return [];
    const figures = samples.flatMap((usage) => usage[name as keyof typeof bounds] ?? []);
    return isFlat(figures, bound)
      ? []
      : [`${name} grew by ${Math.round(riseOf(figures))} over ${figures.length} samples`];
  });
}

/** The limits of an idle gateway: the poll of the queue, and keep-alive connections to itself. */
const idleBounds = { timers: 24, sockets: 160 } as const;

/** @returns a sentence for each resource that was not released after the work */
export function findLeftovers(idle: Usage): string[] {
  return (['timers', 'sockets'] as const).flatMap((name) =>
    idle[name] <= idleBounds[name] ? [] : [`${idle[name]} ${name} are left without any work`],
  );
}
