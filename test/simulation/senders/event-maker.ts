/** Makes the events of one sender: each with a key of its own, and a mark that says what TikTok will do with it. */
import type { Random } from '../../support/random.ts';
import { type Flaw, natureOf, poisons, refusals, writeMark } from '../marks.ts';
import type { SentEvent } from '../world-parts.ts';

export type Input = Record<string, unknown>;

export interface MadeEvent {
  readonly sent: SentEvent;
  /** An event of the API, without id and time. */
  readonly input: Input;
}

/** Shares of events, from 0 to 1; all others are good. */
export interface FlawShares {
  readonly refused: number;
  readonly poison: number;
  /** Larger than TikTok takes in one call: give the maker the bytes. */
  readonly large: number;
  /** Rejected by the gateway. */
  readonly invalid: number;
}

export interface EventMakerSettings {
  readonly random: Random;
  readonly now: () => number;
  readonly source: SentEvent['source'];
  /** Starts each key; letters or digits, and no other sender has it. */
  readonly prefix: string;
  readonly destinations: readonly [string, ...string[]];
  readonly shares: FlawShares;
  /** Of a large event: above what the simulated TikTok takes. */
  readonly largeBytes?: number;
}

export type MakeEvent = (options: {
  readonly isStable: boolean;
  /** How this sender's invalid event is invalid. */
  readonly spoil?: (input: Input) => Input;
}) => MadeEvent;

export function createEventMaker(settings: EventMakerSettings): MakeEvent {
  const { random, now, source, prefix, destinations, shares, largeBytes = 20_000 } = settings;
  const testShare = random.pick([0, 0, 0.5]);
  let count = 0;
  return ({ isStable, spoil = spoilAsProgram(random) }) => {
    count += 1;
    const key = `${prefix}${count}`;
    const destination = random.pick(destinations);
    const flaw = drawFlaw(shares, random);
    const isInvalid = random.isHit(shares.invalid);
    const nature = isInvalid ? 'invalid' : natureOf(flaw);
    const isTest = random.isHit(testShare) || flaw === 'refused-test-code';
    const testCode = isTest ? random.pick(testCodes) : undefined;
    const sent = { key, source, destination, testCode, nature, isStable, atMs: now() } as const;
    const input = {
      event_name: 'Purchase',
      order_id: key,
      description: writeMark({ destination, flaw, testCode }),
      email: `${key}@example.com`,
      value: 49.9,
      currency: 'EUR',
      destination,
      ...(testCode !== undefined && { test_event_code: testCode }),
      ...(flaw === 'large' && { custom_properties: padding(largeBytes) }),
    };
    return { sent, input: isInvalid ? spoil(input) : input };
  };
}

const testCodes = ['TEST1', 'TEST2', 'TEST3'] as const;

/** No text of an event may be longer than 2,048 characters, so that many share the bytes. */
const padding = (bytes: number): Input => {
  const entries = Array.from({ length: Math.ceil(bytes / 1_000) }, (_, index) => [
    `p${index}`,
    'x'.repeat(1_000),
  ]);
  return Object.fromEntries(entries);
};

/** A refusal that names another event takes the longest to find, and not every time. */
const drawnRefusals = [...refusals, 'refused-elsewhere', 'refused-elsewhere'] as const;

export function drawFlaw({ refused, poison, large }: FlawShares, random: Random): Flaw {
  const value = random.next();
  if (value < refused) return random.pick(drawnRefusals);
  if (value < refused + poison) return random.pick(poisons);
  return value < refused + poison + large ? 'large' : 'none';
}

/** A mistake of a program that the API and the consumer reject, whatever else is right. */
const mistakes: readonly [Input, ...Input[]] = [
  { event_name: undefined },
  { value: -1 },
  { unknown_field: 1 },
  { email: undefined },
  { hashed_email: 'no digest' },
  { event_time: 'yesterday' },
  { consent: 'denied' },
  { event_time: 1_000_000_000 },
];

export const spoilAsProgram =
  (random: Random) =>
  (input: Input): Input => ({ ...input, ...random.pick(mistakes) });
