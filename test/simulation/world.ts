/** The whole world of a plan: senders, the gateway on its simulated AWS, TikTok, and the troubles at their times. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createRandom } from '../support/random.ts';
import { watchedConsumer } from './books/watch.ts';
import type { Scheduler } from './engine/scheduler.ts';
import type { Trace } from './engine/trace.ts';
import { type Code, deliverCode } from './lambda/functions.ts';
import type { Reach } from './lambda/reach.ts';
import { createMachine, type Machine } from './machine.ts';
import type { Plan } from './plan/plan.ts';
import type { Controls } from './plan/trouble.ts';
import { credentials } from './secrets/secrets.ts';
import { ingestSecret, sources } from './senders/keys.ts';
import { type SimulatedStage, simulatedStage } from './stage.ts';
import { startSenders } from './start-senders.ts';
import { createTikTok } from './tiktok/tiktok.ts';
import type { Fact, Surroundings, TikTokPart } from './world-parts.ts';

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

type LoadConsumer = (reach: Reach) => Code<SQSEvent, SQSBatchResponse>;

/** Parts that are broken on purpose. */
export interface Faults {
  readonly loadConsumer?: LoadConsumer;
  readonly reach?: (reach: Reach) => Reach;
  /** Changes the settings of the stage. */
  readonly stage?: (stage: SimulatedStage) => SimulatedStage;
  /** Changes what a part witnesses; undefined hides it. */
  readonly fact?: (fact: Fact) => Fact | undefined;
}

export function createWorld({ plan, scheduler, trace, witness, faults = {} }: WorldParts): World {
  const surroundings: Surroundings = { scheduler, random: createRandom(plan.seed), trace, witness };
  const stage = simulatedStage({}, { destinations: plan.destinations, sources });
  const pixels = new Map(
    Object.entries(stage.destinations).map(([name, { pixelCode }]) => [pixelCode, name]),
  );
  const tiktok = createTikTok(surroundings, { pixels, maxBytes: 15_000 });
  tiktok.trouble.latencyMs = plan.latencyMs;
  for (const token of Object.values(credentials.tokens)) tiktok.tokens.add(token);
  const machine = createMachine(surroundings, {
    fetch: tiktok.network,
    stage: faults.stage?.(stage) ?? stage,
    maxInFlight: plan.maxInFlight,
    ingestSecret,
    load: { deliver: watchedConsumer(witness, faults.loadConsumer ?? deliverCode) },
  });
  let sending = 0;
  return {
    start() {
      machine.mapping.start();
      startTroubles(plan, scheduler, trace, controlsOf(machine, tiktok));
      for (const sender of startSenders(plan, surroundings, machine)) {
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

function controlsOf({ sqs, secrets, ingest, webhook, deliver }: Machine, tiktok: TikTokPart): Controls {
  const tokens = new Map<string, string>(Object.entries(credentials.tokens));
  return {
    tiktok: tiktok.trouble,
    sqs: sqs.trouble,
    secrets: secrets.trouble,
    functions: { ingest: ingest.trouble, webhook: webhook.trouble, deliver: deliver.trouble },
    revokeToken(destination) {
      tiktok.tokens.delete(tokens.get(destination) ?? '');
    },
    replaceToken(destination) {
      const token = `${tokens.get(destination)}-new`;
      tokens.set(destination, token);
      tiktok.tokens.add(token);
      secrets.setToken(destination, token);
    },
  };
}
