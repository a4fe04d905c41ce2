/** Bad events among good ones, while TikTok is up: promise 3 says what they cost the good ones. */
import type { Random } from '../../../support/random.ts';
import { allGood, drawCrowd, type FlawShares } from '../crowd.ts';
import type { Draft } from '../plan.ts';

const minute = 60_000;

export function drawBadEvents(random: Random): Draft {
  const share = random.pick([0.01, 0.03, 0.1]);
  const flaws = random.pick<FlawShares>([
    { ...allGood, refused: share },
    { ...allGood, refused: 0.4 },
    { ...allGood, poison: share },
    { ...allGood, large: share },
    { refused: share / 2, poison: share / 2, large: share / 2, invalid: share },
  ]);
  return {
    destinations: random.pick([['default'], ['default', 'second']]),
    senders: drawCrowd(random, {
      events: random.between(20, 100),
      forMs: random.between(1, 60) * minute,
      flaws,
      kinds: ['api', 'webhook', 'producer'],
    }),
    troubles: [],
    latencyMs: random.pick([50, 300, 1_500]),
    pixelShare: 0,
    maxInFlight: 120_000,
  };
}
