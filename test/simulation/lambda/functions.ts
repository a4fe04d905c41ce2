/**
 * The code of the three functions, made anew in each cold environment as functions/*.ts makes it when it is loaded: token
 * caches, the ingest secret and clients live as long as their environment.
 */
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { deliverBatch } from '../../../lib/delivery/deliver-batch.ts';
import { type ApiEvent, type ApiResponse, toResponse } from '../../../lib/http/api-answer.ts';
import { apiKey } from '../../../lib/http/middleware/api-key.ts';
import { behindOrigin } from '../../../lib/http/middleware/behind-origin.ts';
import { jsonBody } from '../../../lib/http/middleware/json-body.ts';
import { problems } from '../../../lib/http/middleware/problems.ts';
import { requestLog } from '../../../lib/http/middleware/request-log.ts';
import { securityHeaders } from '../../../lib/http/middleware/security-headers.ts';
import { acceptEvents } from '../../../lib/ingest/accept-events.ts';
import { readPost } from '../../../lib/ingest/read-post.ts';
import { createQueueClient } from '../../../lib/queue/queue-client.ts';
import { createIngestSecret } from '../../../lib/secrets/ingest-secret.ts';
import { createTokenReader } from '../../../lib/secrets/token-secrets.ts';
import { reportSecretFailures } from '../../../lib/telemetry/aws-errors.ts';
import { createTikTokClient } from '../../../lib/tiktok/client.ts';
import { prepareSources } from '../../../lib/webhooks/prepare-source.ts';
import { receiveWebhook } from '../../../lib/webhooks/receive-webhook.ts';
import { type Reach, uuidFrom } from './reach.ts';

/** Code that an environment has loaded. */
export type Code<Event, Answer> = (event: Event, remainingMs: () => number) => Promise<Answer>;

/** functions/deliver.ts */
export function deliverCode(reach: Reach): Code<SQSEvent, SQSBatchResponse> {
  const { stage, clock, sqs, fetch, telemetry, random } = reach;
  const context = {
    settings: stage.deliver,
    clients: {
      queue: createQueueClient(sqs, clock),
      tiktok: createTikTokClient(stage.deliver.tiktokApiUrl, { fetch, clock }),
      readToken: createTokenReader(stage.secretsPrefix, secretReading(reach)),
      telemetry,
    },
    now: clock.now,
    random: random.next,
  };
  return (event, remainingMs) => deliverBatch(event.Records, remainingMs(), context);
}

/** functions/ingest.ts */
export function ingestCode(reach: Reach): Code<ApiEvent, ApiResponse> {
  const { stage, clock, sqs, telemetry, random } = reach;
  const clients = { telemetry, queue: createQueueClient(sqs, clock) };
  const context = { settings: stage.ingest, clients, now: clock.now, random: () => uuidFrom(random) };
  const keys = createIngestSecret(stage.secretsPrefix, secretReading(reach));
  const handler = middy<ApiEvent, ApiResponse>()
    .use(behindOrigin([]))
    .use(securityHeaders())
    .use(requestLog('events received', context))
    .use(problems())
    .use(apiKey(keys))
    .use(jsonBody())
    .handler(async (event, request) =>
      toResponse(await acceptEvents(readPost(event, request), context), event),
    );
  return (event) => handler(event, timelessContext());
}

/** functions/webhook.ts */
export function webhookCode(reach: Reach): Code<ApiEvent, ApiResponse> {
  const { stage, clock, sqs, telemetry, random } = reach;
  const secrets = createIngestSecret(stage.secretsPrefix, secretReading(reach));
  const context = {
    settings: stage.webhook,
    clients: { queue: createQueueClient(sqs, clock), secrets, telemetry },
    now: clock.now,
    random: () => `tg-${uuidFrom(random)}`,
  };
  const sources = prepareSources(stage.webhook.sources);
  const handler = middy<ApiEvent, ApiResponse>()
    .use(behindOrigin([]))
    .use(securityHeaders())
    .use(requestLog('webhook received', { clients: { telemetry }, now: clock.now }))
    .use(problems())
    .handler(async (event) => toResponse(await receiveWebhook(event, await sources, context), event));
  return (event) => handler(event, timelessContext());
}

const secretReading = ({ secrets, telemetry, clock }: Reach) => ({
  client: secrets,
  report: reportSecretFailures(telemetry),
  now: clock.now,
});

/**
 * Middy would set a real timer for the remaining time of a context. The environment ends a run at its limit instead. Each
 * run gets a context of its own, which middlewares write to.
 */
const timelessContext = <C extends Context>() => ({ awsRequestId: 'simulated' }) as C;
