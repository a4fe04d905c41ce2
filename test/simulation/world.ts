/** The whole world of a plan: senders, the gateway on its simulated AWS, TikTok, and the troubles at their times. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createRandom, type Random } from '../support/random.ts';
import { watchedConsumer } from './books/watch.ts';
import type { Scheduler } from './engine/scheduler.ts';
import type { Trace } from './engine/trace.ts';
import { type Code, deliverCode, ingestCode } from './lambda/functions.ts';
import type { Reach } from './lambda/reach.ts';
import { createMachine, type Machine, type MachineOptions } from './machine.ts';
import type { Plan } from './plan/plan.ts';
import type { Controls } from './plan/trouble.ts';
import { ingestSecret, sources } from './senders/keys.ts';
import { type SimulatedStage, simulatedStage } from './stage.ts';
import { type Doors, doorsOf, startSenders } from './start-senders.ts';
import { createTikTok } from './tiktok/tiktok.ts';
import type { Fact, SentEvent, Surroundings, TikTokPart } from './world-parts.ts';

export interface World {
  /** Starts the senders, the troubles and the consumer. */
  readonly start: () => void;
  /** True when no sender will send again. */
  readonly hasSent: () => boolean;
  /** True when no message is in the queue. */
  readonly isDrained: () => boolean;
}

export interface WorldParts {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly witness: (fact: Fact) => void;
  readonly faults?: Faults | undefined;
}

/** Parts that are broken on purpose, for one run. */
export interface Faults {
  readonly loadConsumer?: ((reach: Reach) => Code<SQSEvent, SQSBatchResponse>) | undefined;
  readonly loadIngest?: typeof ingestCode;
  readonly queue?: MachineOptions['queue'];
  /** Changes the settings of the stage. */
  readonly stage?: (stage: SimulatedStage) => SimulatedStage;
  /** Changes what a part witnesses; undefined hides it. */
  readonly fact?: (fact: Fact) => Fact | undefined;
}

/** Made once for each choice: reading a stage costs more than a small world. */
const stageWith = memoized((choices: string) => {
  const { destinations, maximumConcurrency }: Pick<Plan, 'destinations' | 'maximumConcurrency'> =
    JSON.parse(choices);
  return simulatedStage(maximumConcurrency === undefined ? {} : { maximumConcurrency }, {
    destinations,
    sources,
  });
});

function memoized<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

/** So low that an event above it stays small, and so high that a full call of usual events fits. */
const largestCallBytes = 40_000;

export function createWorld({ plan, scheduler, trace, witness: book, faults = {} }: WorldParts): World {
  const { destinations, maximumConcurrency } = plan;
  const random = createRandom(plan.seed);
  const witness = (given: Fact): void => {
    const fact = faults.fact === undefined ? given : faults.fact(given);
    if (fact === undefined) return;
    book(fact);
    if (fact.kind === 'attempted') pixel.sees(fact.event);
  };
  const surroundings: Surroundings = { scheduler, random, trace, witness };
  const stage = stageWith(JSON.stringify({ destinations, maximumConcurrency }));
  const pixels = new Map(
    Object.entries(stage.destinations).map(([name, { pixelCode }]) => [pixelCode, name]),
  );
  const tiktok = createTikTok(surroundings, { pixels, maxBytes: largestCallBytes });
  tiktok.trouble.latencyMs = plan.latencyMs;
  const machine = createMachine(surroundings, {
    fetch: tiktok.network,
    stage: faults.stage?.(stage) ?? stage,
    maxInFlight: plan.maxInFlight,
    ingestSecret,
    load: {
      deliver: watchedConsumer(witness, faults.loadConsumer ?? deliverCode),
      ingest: faults.loadIngest ?? ingestCode,
    },
    queue: faults.queue,
  });
  for (const name of plan.destinations) connect(name, firstToken(name), tiktok, machine);
  const pixel = createPixel(plan, scheduler, createRandom(plan.seed + 1), tiktok);
  const doors = doorsOf(surroundings, machine);
  let sending = 0;
  return {
    start() {
      machine.mapping.start();
      startTroubles(plan, scheduler, trace, controlsOf(plan, machine, tiktok, doors));
      for (const sender of startSenders(plan, surroundings, doors)) {
        sending += 1;
        void sender.finally(() => {
          sending -= 1;
        });
      }
    },
    hasSent: () => sending === 0,
    isDrained() {
      const { visible, inFlight } = machine.sqs.depth();
      return visible + inFlight === 0;
    },
  };
}

const firstToken = (destination: string): string => `token-of-${destination}`;

/** TikTok accepts the token from now on, and the secret of the destination contains it. */
function connect(destination: string, token: string, tiktok: TikTokPart, { secrets }: Machine): void {
  tiktok.tokens.add(token);
  secrets.setToken(destination, token);
}

/** The page of the shop, which sends the pixel's copy of some events about when its server sends its own. */
function createPixel({ pixelShare }: Plan, scheduler: Scheduler, random: Random, tiktok: TikTokPart) {
  const seen = new Set<string>();
  return {
    sees({ key, isStable, nature }: SentEvent): void {
      if (seen.has(key) || !isStable || nature !== 'good' || !random.isHit(pixelShare)) return;
      seen.add(key);
      scheduler.after(random.between(0, longestPixelMs), () => tiktok.pixelSends(key));
    },
  };
}

const longestPixelMs = 60_000;

function startTroubles({ troubles }: Plan, scheduler: Scheduler, trace: Trace, controls: Controls): void {
  for (const { name, fromMs, untilMs, start, end } of troubles) {
    scheduler.after(fromMs, () => {
      trace.note(`trouble: ${name}`);
      start(controls);
    });
    scheduler.after(untilMs, () => {
      trace.note(`trouble ends: ${name}`);
      end(controls);
    });
  }
}

function controlsOf(
  { destinations, seed }: Plan,
  machine: Machine,
  tiktok: TikTokPart,
  { api, webhooks }: Doors,
): Controls {
  const { sqs, secrets, ingest, webhook, deliver } = machine;
  const tokens = new Map(destinations.map((name) => [name, firstToken(name)]));
  return {
    tiktok: tiktok.trouble,
    sqs: sqs.trouble,
    gateways: [api.trouble, webhooks.trouble],
    secrets: secrets.trouble,
    functions: { ingest: ingest.trouble, webhook: webhook.trouble, deliver: deliver.trouble },
    revokeToken(destination) {
      tiktok.tokens.delete(tokens.get(destination) ?? '');
      // In every second class of seeds, nothing is left to read.
      if (Math.floor(seed / 8) % 2 === 0) secrets.removeToken(destination);
    },
    replaceToken(destination) {
      const token = `${tokens.get(destination)}-new`;
      tokens.set(destination, token);
      connect(destination, token, tiktok, machine);
    },
  };
}
