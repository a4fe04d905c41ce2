/**
 * Everything at once: promises 1 and 2 hold whatever happens. All troubles together last less than half a day, so that no
 * good event may be parked: a crash costs a receive without the wait of the ladder.
 */
import type { Random } from '../../../support/random.ts';
import { drawCrowd, drawDestinations } from '../crowd.ts';
import type { Draft } from '../plan.ts';
import {
  drawSpan,
  functionFails,
  gatewaysFail,
  outages,
  type Span,
  secretsFail,
  sqsFails,
  type Trouble,
  tiktokFails,
  tiktokIsSlow,
  tokenIsRevoked,
} from '../trouble.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The longest that one trouble lasts: of the outside, and of the parts that a receive needs. */
const longestOutsideMs = 4 * hour;
const longestInsideMs = 0.5 * hour;
const mostTroubles = 6;

export function drawEverything(random: Random): Draft {
  const destinations = drawDestinations(random);
  const latencyMs = random.pick([50, 300, 1_500]);
  const forMs = Math.round(5 * minute * 144 ** (random.next() ** 2));
  return {
    destinations,
    senders: drawCrowd(random, {
      events: random.between(20, 100),
      forMs,
      flaws: {
        refused: random.pick([0, 0.03, 0.1]),
        poison: random.pick([0, 0, 0.02]),
        large: random.pick([0, 0, 0.02]),
        invalid: random.pick([0, 0.1]),
      },
      kinds: ['api', 'api', 'webhook', 'producer', 'intruder'],
    }),
    troubles: drawTroubles(random, forMs, destinations, latencyMs),
    latencyMs,
    pixelShare: random.pick([0, 0, 0.5]),
    mostReceives: Number.POSITIVE_INFINITY,
    maxInFlight: random.pick([120_000, 120_000, 30]),
  };
}

function drawTroubles(
  random: Random,
  withinMs: number,
  destinations: readonly [string, ...string[]],
  latencyMs: number,
): Trouble[] {
  const outside = (): Span => drawSpan(random, 5 * second, Math.min(longestOutsideMs, withinMs), withinMs);
  const inside = (): Span => drawSpan(random, 5 * second, Math.min(longestInsideMs, withinMs), withinMs);
  const share = () => random.pick([0.05, 0.2, 0.5, 1]);
  const low = () => random.pick([0.01, 0.05, 0.2]);
  const draws: readonly [() => Trouble, ...(() => Trouble)[]] = [
    () => ({ ...outside(), ...tiktokFails(random, random.pick(outages), share()) }),
    () => ({ ...outside(), ...tiktokFails(random, 'partial', share()) }),
    () => ({ ...outside(), ...tiktokIsSlow(random.pick([3_000, 7_000]), latencyMs) }),
    () => ({ ...outside(), ...tokenIsRevoked(random.pick(destinations)) }),
    () => ({ ...outside(), ...secretsFail(random.pick(['fails', 'stalls'])) }),
    () => ({ ...inside(), ...sqsFails(random.pick(['fails', 'losesAnswer', 'failsEntry']), share()) }),
    () => ({ ...outside(), ...sqsFails('repeats', low()) }),
    () => ({
      ...outside(),
      ...gatewaysFail(random.pick(['losesRequest', 'losesAnswer', 'throttles']), share() / 2),
    }),
    () => ({ ...inside(), ...functionFails('deliver', 'crashes', low()) }),
    () => ({ ...inside(), ...functionFails(random.pick(['ingest', 'webhook']), 'crashes', share()) }),
    () => ({
      ...outside(),
      ...functionFails(random.pick(['deliver', 'ingest', 'webhook']), 'startsCold', share()),
    }),
  ];
  const troubles = Array.from({ length: random.between(1, mostTroubles) }, () => random.pick(draws)());
  return troubles.toSorted((a, b) => a.fromMs - b.fromMs);
}
