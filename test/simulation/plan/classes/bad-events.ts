/** Bad events among good ones, while TikTok is up: promise 3 says what they cost the good ones. */
import type { Random } from '../../../support/random.ts';
import { allGood, type CrowdShape, drawCrowd, drawDestinations } from '../crowd.ts';
import type { Draft } from '../plan.ts';
import { drawFailingEntries } from '../trouble.ts';

const minute = 60_000;

interface Kind extends Pick<CrowdShape, 'flaws' | 'eventsPerPost'> {
  /** An event that breaks its calls stays for a day, so its crowd is small. */
  readonly events?: number;
  readonly forMs?: number;
  /** What was measured over thousands of seeds, and some more. */
  readonly mostReceives: number;
}

/** Few bad events cost the others the same receive or the third one. Many in a full batch cost more than one run may call. */
const kinds: readonly [Kind, ...Kind[]] = [
  { flaws: { ...allGood, refused: 0.03 }, mostReceives: 6 },
  { flaws: { ...allGood, refused: 0.03 }, eventsPerPost: 50, events: 100, mostReceives: 6 },
  { flaws: { ...allGood, refused: 0.4 }, eventsPerPost: 50, events: 100, mostReceives: 9 },
  { flaws: { ...allGood, poison: 0.02 }, eventsPerPost: 50, events: 50, mostReceives: 8 },
  { flaws: { ...allGood, poison: 0.06 }, eventsPerPost: 50, events: 50, mostReceives: 12 },
  { flaws: { ...allGood, large: 0.03 }, eventsPerPost: 50, events: 100, mostReceives: 3 },
  // A full batch of them does not fit into the largest call that the product may make.
  {
    flaws: { ...allGood, large: 0.8 },
    eventsPerPost: 20,
    events: 40,
    forMs: 10_000,
    mostReceives: Number.POSITIVE_INFINITY,
  },
  { flaws: { refused: 0.02, poison: 0.02, large: 0.02, invalid: 0.05 }, mostReceives: 7 },
];

export function drawBadEvents(random: Random): Draft {
  const { mostReceives, events, forMs = random.between(1, 60) * minute, ...shape } = random.pick(kinds);
  const isDense = shape.eventsPerPost !== undefined;
  return {
    destinations: drawDestinations(random),
    senders: drawCrowd(random, {
      events: events ?? random.between(20, 80),
      forMs,
      kinds: isDense ? ['api'] : ['api', 'webhook', 'producer'],
      isSteady: isDense,
      ...shape,
    }),
    troubles: drawFailingEntries(random, forMs),
    // With slower answers, a run has no time to isolate an event that stalls its calls.
    latencyMs: random.pick([50, 300]),
    pixelShare: 0,
    mostReceives,
    maximumConcurrency: isDense ? 2 : undefined,
    maxInFlight: 120_000,
  };
}
