/** Nothing is wrong: promise 11 says that every event reaches TikTok within 60 s. */
import type { Random } from '../../../support/random.ts';
import { allGood, drawCrowd, drawDestinations } from '../crowd.ts';
import type { Draft } from '../plan.ts';
import { drawFailingEntries } from '../trouble.ts';

const minute = 60_000;

export function drawQuiet(random: Random): Draft {
  const forMs = random.between(1, 60) * minute;
  return {
    destinations: drawDestinations(random),
    senders: drawCrowd(random, {
      events: random.between(20, 150),
      forMs,
      flaws: { ...allGood, invalid: random.pick([0, 0.1]) },
      kinds: ['api', 'webhook', 'producer', 'intruder'],
    }),
    troubles: drawFailingEntries(random, forMs),
    latencyMs: random.pick([50, 300, 1_500]),
    pixelShare: 0.5,
    mostReceives: 1,
    maxInFlight: 120_000,
  };
}
