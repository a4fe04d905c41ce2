/** The machine room of the simulator: the gateway's own code on a simulated AWS. */
import type { ApiEvent, ApiResponse } from '../../lib/http/api-answer.ts';
import type { Network } from '../../lib/tiktok/client.ts';
import { type CountingTelemetry, createCountingTelemetry } from './lambda/counting-telemetry.ts';
import { deliverCode, ingestCode, webhookCode } from './lambda/functions.ts';
import { behindGateway } from './lambda/http-function.ts';
import { createLambda } from './lambda/lambda.ts';
import { createMapping } from './mapping/mapping.ts';
import { createSecrets } from './secrets/secrets.ts';
import { type ConsumerApi, createSqs, type Sqs } from './sqs/sqs.ts';
import { type SimulatedStage, simulatedStage } from './stage.ts';
import type { ConsumerPart, LambdaPart, MappingPart, SecretsPart, Surroundings } from './world-parts.ts';

export type HttpPart = LambdaPart<ApiEvent, ApiResponse>;

export interface Machine {
  readonly stage: SimulatedStage;
  readonly sqs: Sqs;
  readonly secrets: SecretsPart;
  /** Receives nothing until it is started. */
  readonly mapping: MappingPart;
  readonly deliver: ConsumerPart;
  /** Both always answer: 502 when the function crashed, 503 when it ran out of time or was throttled. */
  readonly ingest: HttpPart;
  readonly webhook: HttpPart;
  /** What the functions counted, all together. */
  readonly telemetry: CountingTelemetry;
}

export interface MachineOptions {
  /** TikTok, as `TikTokPart.network` gives it. */
  readonly fetch: Network['fetch'];
  /** `simulatedStage()` by default: stages/prod.yml with destinations and sources that work. */
  readonly stage?: SimulatedStage;
  /** Messages in flight at most, 120,000 by default. A small number lets a small world reach the limit. */
  readonly maxInFlight?: number;
  /** Runs of each HTTP function at once, 1,000 by default. */
  readonly maxConcurrency?: number;
  /** The text of the secret `ingest`, for senders with keys of their own. */
  readonly ingestSecret?: string;
  /** What an environment loads, to watch or to break a function; the code of functions/*.ts by default. */
  readonly load?: Partial<FunctionCode>;
  /** Changes what the mapping gets from the queue. */
  readonly queue?: ((consumer: ConsumerApi) => ConsumerApi) | undefined;
}

export interface FunctionCode {
  readonly deliver: typeof deliverCode;
  readonly ingest: typeof ingestCode;
  readonly webhook: typeof webhookCode;
}

const maxInFlightOfSqs = 120_000;
const usualConcurrency = 1_000;

/**
 * Builds SQS, Secrets Manager, the event source mapping and the functions `deliver`, `ingest` and `webhook`, connected with
 * each other and with TikTok. Each part draws from a random of its own, made from `world.random` in a fixed order. All troubles
 * are off; change `machine.<part>.trouble` at any time. Nothing happens before `mapping.start()` and the first request.
 */
export function createMachine(
  world: Surroundings,
  {
    fetch,
    stage = simulatedStage(),
    maxInFlight = maxInFlightOfSqs,
    maxConcurrency = usualConcurrency,
    ingestSecret,
    load = {},
    queue = (consumer) => consumer,
  }: MachineOptions,
): Machine {
  const telemetry = createCountingTelemetry();
  const sqs = createSqs(world, { ...stage.sqs, maxInFlight });
  const secrets = createSecrets(world, stage.secretsPrefix, ingestSecret);
  const outside = { stage, sqs: sqs.api, secrets: secrets.client, fetch, telemetry };
  const http = { timeoutMs: stage.timeoutMs.http, maxConcurrency };
  const ingest = createLambda(world, outside, { ...http, name: 'ingest', load: load.ingest ?? ingestCode });
  const webhook = createLambda(world, outside, {
    ...http,
    name: 'webhook',
    load: load.webhook ?? webhookCode,
  });
  const deliver = createLambda(world, outside, {
    name: 'deliver',
    timeoutMs: stage.timeoutMs.deliver,
    maxConcurrency: stage.delivery.maximumConcurrency,
    load: load.deliver ?? deliverCode,
  });
  const settings = {
    visibilityTimeoutMs: stage.sqs.visibilityTimeoutMs,
    windowMs: stage.delivery.windowSeconds * 1000,
    maximumConcurrency: stage.delivery.maximumConcurrency,
  };
  const mapping = createMapping({ ...world, queue: queue(sqs.consumer), consumer: deliver, settings });
  return {
    stage,
    sqs,
    secrets,
    mapping,
    deliver,
    ingest: behindGateway(ingest),
    webhook: behindGateway(webhook),
    telemetry,
  };
}
