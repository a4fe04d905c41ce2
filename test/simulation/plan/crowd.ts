/** Who sends: the senders of a run, each with its manner and its share of bad events. */
import type { Random } from '../../support/random.ts';

export type SenderPlan = ApiPlan | WebhookPlan | ProducerPlan | IntruderPlan;

interface Common {
  /** Starts the keys of its events: no two senders share it. */
  readonly prefix: string;
  /** Milliseconds after the start. */
  readonly fromMs: number;
  /** How many posts, orders or messages, and the time between two. */
  readonly count: number;
  readonly pauseMs: number;
  readonly flaws: FlawShares;
}

/** Shares of the events that are not good, from 0 to 1. */
export interface FlawShares {
  readonly refused: number;
  readonly poison: number;
  readonly large: number;
  readonly invalid: number;
}

export interface ApiPlan extends Common {
  readonly kind: 'api';
  readonly identity: 'event_id' | 'event_time' | 'idempotency-key' | 'nothing';
  readonly manner: 'patient' | 'impatient' | 'gives-up';
  readonly eventsPerPost: number;
}

export interface WebhookPlan extends Common {
  readonly kind: 'webhook';
  readonly platform: 'shopify' | 'standard';
}

export interface ProducerPlan extends Common {
  readonly kind: 'producer';
}

/** Has no valid key, or no valid signature. */
export interface IntruderPlan extends Common {
  readonly kind: 'intruder';
}

/** Names of destinations of the stage. */
export type Destinations = readonly [string, ...string[]];

const destinations = ['default', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;

/** @returns one destination mostly, and sometimes more than the consumer calls at once */
export const drawDestinations = (random: Random): Destinations => [
  'default',
  ...destinations.slice(1, random.pick([1, 1, 2, 6])),
];

export const allGood: FlawShares = { refused: 0, poison: 0, large: 0, invalid: 0 };

export interface CrowdShape {
  readonly events: number;
  /** How long the senders send. */
  readonly forMs: number;
  readonly flaws: FlawShares;
  /** Each sender sends so many in one post, and nothing else; some of everything otherwise. */
  readonly eventsPerPost?: number;
  /** All send from the start to the end; otherwise some start later, and some send in bursts. */
  readonly isSteady?: boolean;
  readonly kinds: readonly [SenderPlan['kind'], ...SenderPlan['kind'][]];
}

/** @returns senders that together send about `events` events within `forMs` */
export function drawCrowd(random: Random, shape: CrowdShape): SenderPlan[] {
  const senders: SenderPlan[] = [];
  for (let left = shape.events; left > 0; ) {
    const most = shape.eventsPerPost ?? random.between(1, Math.ceil(shape.events / 3));
    // Keys are such as `s3e17`: the third sender's seventeenth event.
    const sender = drawSender(random, shape, `s${senders.length + 1}e`, Math.min(left, most));
    senders.push(sender);
    left -= sender.kind === 'api' ? sender.count * sender.eventsPerPost : sender.count;
  }
  return senders;
}

function drawSender(random: Random, shape: CrowdShape, prefix: string, events: number): SenderPlan {
  const { forMs, flaws, kinds, isSteady = false } = shape;
  const kind = random.pick(kinds);
  const eventsPerPost =
    kind === 'api' ? Math.min(events, shape.eventsPerPost ?? random.pick([1, 1, 2, 5, 20, 50])) : 1;
  const count = Math.ceil(events / eventsPerPost);
  const fromMs = isSteady ? 0 : random.between(0, Math.floor(forMs / 2));
  // Some send in a burst, and some all the time.
  const pauseMs = Math.floor(((forMs - fromMs) / count) * (isSteady ? 1 : random.pick([0.01, 0.3, 1])));
  const common = { prefix, fromMs, count, pauseMs, flaws };
  switch (kind) {
    case 'api': {
      const identity = random.pick(['event_id', 'event_time', 'idempotency-key', 'nothing']);
      const manner = random.pick(['patient', 'patient', 'impatient', 'gives-up']);
      return { kind, ...common, eventsPerPost, identity, manner };
    }
    case 'webhook':
      return { kind, ...common, platform: random.pick(['shopify', 'standard']) };
    default:
      return { kind, ...common };
  }
}
