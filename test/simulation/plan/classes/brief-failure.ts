/** One failure of TikTok of up to 3 minutes and nothing else: promise 11 says that its events arrive within 5 minutes. */
import type { Random } from '../../../support/random.ts';
import { allGood, drawCrowd, drawDestinations } from '../crowd.ts';
import type { Draft } from '../plan.ts';
import { drawSpan, outages, tiktokFails } from '../trouble.ts';

const second = 1_000;
const minute = 60 * second;
const latencyMs = 300;

export function drawBriefFailure(random: Random): Draft {
  const forMs = random.between(4, 8) * minute;
  const span = random.isHit(0.5)
    ? drawSpan(random, 3 * minute, 3 * minute, forMs)
    : drawSpan(random, 10 * second, 3 * minute, forMs);
  const mode = random.pick([
    '503',
    'stalls',
    random.pick(outages),
    random.pick(outages),
    random.pick(outages),
  ]);
  return {
    destinations: drawDestinations(random),
    senders: drawCrowd(random, {
      events: random.between(20, 100),
      forMs,
      flaws: allGood,
      isSteady: true,
      kinds: ['api', 'webhook', 'producer'],
    }),
    troubles: [{ ...span, ...tiktokFails(random, mode) }],
    latencyMs,
    pixelShare: 0.5,
    mostReceives: Number.POSITIVE_INFINITY,
    maxInFlight: 120_000,
  };
}
