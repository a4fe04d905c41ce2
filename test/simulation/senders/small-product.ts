/** The real API and webhook functions on virtual time, with a queue in memory, for the tests of the senders. */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Destinations } from '../../../lib/events/destination.ts';
import { type ApiEvent, type ApiResponse, toResponse } from '../../../lib/http/api-answer.ts';
import { apiKey } from '../../../lib/http/middleware/api-key.ts';
import { jsonBody } from '../../../lib/http/middleware/json-body.ts';
import { problems } from '../../../lib/http/middleware/problems.ts';
import { requestLog } from '../../../lib/http/middleware/request-log.ts';
import { acceptEvents } from '../../../lib/ingest/accept-events.ts';
import { readPost } from '../../../lib/ingest/read-post.ts';
import { createIngestSecret } from '../../../lib/secrets/ingest-secret.ts';
import { prepareSources } from '../../../lib/webhooks/prepare-source.ts';
import { receiveWebhook } from '../../../lib/webhooks/receive-webhook.ts';
import { parseSources } from '../../../lib/webhooks/source-settings.ts';
import { createMemoryQueue, type MemoryQueue } from '../../support/queue/memory-queue.ts';
import { createRandom } from '../../support/random.ts';
import { recordTelemetry } from '../../support/telemetry.ts';
import { createScheduler, type Scheduler } from '../engine/scheduler.ts';
import { createTrace } from '../engine/trace.ts';
import type { Fact, Surroundings } from '../world-parts.ts';
import { ingestSecret, sources } from './keys.ts';

export const destinations: Destinations = {
  default: { pixelCode: 'PIXEL1', eventSource: 'web', currency: 'EUR', country: 'DE' },
  second: { pixelCode: 'PIXEL2', eventSource: 'web', currency: 'EUR', country: 'DE' },
};

export interface SmallWorld extends Surroundings {
  readonly facts: Fact[];
  readonly keysOf: (kind: 'attempted' | 'accepted' | 'rejected' | 'taken') => string[];
}

export const startMs = Date.UTC(2026, 10, 27);

export function createSmallWorld(seed = 1): SmallWorld {
  const scheduler = createScheduler(startMs);
  const facts: Fact[] = [];
  const keyOf = (fact: Fact): string[] => {
    if (fact.kind === 'attempted') return [fact.event.key];
    return 'key' in fact ? [fact.key] : [];
  };
  return {
    scheduler,
    random: createRandom(seed),
    trace: createTrace(scheduler.now),
    witness: (fact) => void facts.push(fact),
    facts,
    keysOf: (kind) => facts.filter((fact) => fact.kind === kind).flatMap(keyOf),
  };
}

/** The middlewares fill it. */
const lambdaContext = {} as never;

type Invoke = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** @param isStored says of each message whether the queue takes it */
export function createSmallProduct(
  { now }: Scheduler,
  isStored?: (index: number) => boolean,
): { readonly queue: MemoryQueue; readonly ingest: Invoke; readonly webhook: Invoke } {
  const queue = createMemoryQueue(isStored);
  const telemetry = recordTelemetry();
  const client = { read: async () => ingestSecret };
  const secrets = createIngestSecret('simulated', { client, report: () => undefined, now });
  const settings = { destinations, queueUrl: 'queue' };
  let drawn = 0;
  const random = (): string => {
    drawn += 1;
    return `00000000-0000-4000-8000-${String(drawn).padStart(12, '0')}`;
  };
  const chain = () =>
    middy<ApiEvent, ApiResponse>()
      .use(requestLog('received', { clients: { telemetry }, now }))
      .use(problems());
  const ingest = chain()
    .use(apiKey(secrets))
    .use(jsonBody())
    .handler(async (event, request) =>
      toResponse(
        await acceptEvents(readPost(event, request), { settings, clients: { queue, telemetry }, random }),
        event,
      ),
    );
  const prepared = prepareSources(parseSources(sources));
  const context = { settings, clients: { queue, secrets, telemetry }, now, random };
  const webhook = chain().handler(async (event) =>
    toResponse(await receiveWebhook(event, await prepared, context), event),
  );
  return {
    queue,
    ingest: (event) => ingest(event, lambdaContext),
    webhook: (event) => webhook(event, lambdaContext),
  };
}
