/** One outage of TikTok or one revoked token, shorter than 24 h, and nothing else: promise 4. */
import type { Random } from '../../../support/random.ts';
import { allGood, drawCrowd, drawDestinations } from '../crowd.ts';
import type { Draft } from '../plan.ts';
import { drawSpan, outages, tiktokFails, tokenIsRevoked } from '../trouble.ts';

const hour = 3_600_000;

export function drawLongOutage(random: Random): Draft {
  const destinations = drawDestinations(random);
  // The longest outages decide whether the ladder lasts.
  const span = drawSpan(random, random.pick([0.5, 12, 22]) * hour, 23 * hour, 24 * hour);
  const effect = random.isHit(0.25)
    ? tokenIsRevoked(random.pick(destinations))
    : tiktokFails(random.pick(outages), random.pick([1, 1, 1, 0.9]));
  return {
    destinations,
    senders: drawCrowd(random, {
      events: random.between(5, 14),
      forMs: Math.round(span.untilMs * random.pick([0.2, 1])) + hour,
      flaws: allGood,
      isSteady: true,
      kinds: ['api', 'webhook', 'producer'],
    }),
    troubles: [{ ...span, ...effect }],
    latencyMs: random.pick([50, 300, 1_500]),
    pixelShare: random.pick([0, 0.5]),
    mostReceives: Number.POSITIVE_INFINITY,
    maxInFlight: random.pick([120_000, 120_000, 20]),
  };
}
