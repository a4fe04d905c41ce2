/** One outage of TikTok or one revoked token, shorter than 24 h, and nothing else: promise 4. */
import type { Random } from '../../../support/random.ts';
import { allGood, drawCrowd, drawDestinations } from '../crowd.ts';
import type { Draft } from '../plan.ts';
import { drawSpan, outages, tiktokFails, tokenIsRevoked } from '../trouble.ts';

const hour = 3_600_000;

const minute = 60_000;

export function drawLongOutage(random: Random): Draft {
  return random.isHit(0.3) ? drawDense(random) : drawSparse(random);
}

/** Many events at once: after their waits, several of them still meet in one batch, so that there are parts to probe. */
function drawDense(random: Random): Draft {
  return {
    ...drawSparse(random),
    destinations: ['default'],
    senders: drawCrowd(random, {
      events: 60,
      forMs: 10_000,
      flaws: allGood,
      isSteady: true,
      eventsPerPost: 20,
      kinds: ['api'],
    }),
    troubles: [
      { fromMs: 0, untilMs: random.between(6, 50) * minute, ...tiktokFails(random, random.pick(outages)) },
    ],
    maximumConcurrency: 2,
    maxInFlight: 120_000,
  };
}

function drawSparse(random: Random): Draft {
  const destinations = drawDestinations(random);
  // The longest outages decide whether the ladder lasts.
  const span = drawSpan(random, random.pick([0.5, 12, 22]) * hour, 23 * hour, 24 * hour);
  const effect = random.isHit(0.25)
    ? tokenIsRevoked(random.pick(destinations))
    : tiktokFails(random, random.pick(outages), random.pick([1, 1, 1, 0.9]));
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
