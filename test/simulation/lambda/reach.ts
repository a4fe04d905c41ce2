/** What the code of a function reaches the world with: every call passes its environment, which can die there. */
import type { SqsApi } from '../../../lib/queue/sqs.ts';
import type { SecretsClient } from '../../../lib/secrets/secrets-manager.ts';
import type { Telemetry } from '../../../lib/telemetry/telemetry.ts';
import type { Network } from '../../../lib/tiktok/client.ts';
import type { Random } from '../../support/random.ts';
import type { Environment } from '../engine/environment.ts';
import type { SimulatedStage } from '../stage.ts';

/** The world outside the functions. */
export interface Outside {
  readonly stage: SimulatedStage;
  readonly sqs: SqsApi;
  readonly secrets: SecretsClient;
  readonly fetch: Network['fetch'];
  readonly telemetry: Telemetry;
}

/** The same as a function sees it from one of its environments. */
export interface Reach extends Outside {
  readonly clock: Environment['clock'];
  readonly random: Random;
}

export function reachFrom(environment: Environment, outside: Outside, random: Random): Reach {
  const { sqs, secrets, fetch } = outside;
  return {
    ...outside,
    clock: environment.clock,
    random,
    sqs: {
      sendMessageBatch: (request, signal) => environment.call(() => sqs.sendMessageBatch(request, signal)),
      changeMessageVisibilityBatch: (request, signal) =>
        environment.call(() => sqs.changeMessageVisibilityBatch(request, signal)),
    },
    secrets: { read: (name) => environment.call(() => secrets.read(name)) },
    fetch: (url, init) => environment.call(() => fetch(url, init)),
  };
}

/** A UUID from the seed, as `randomUUID` makes it. */
export function uuidFrom(random: Random): string {
  const hex = (digits: number) =>
    random
      .between(0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`;
}
