/** POST /v1/events: API key → JSON → checked events → queue. */
import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import { ingestSettings } from '../lib/config/environment.ts';
import { originDigests } from '../lib/config/origin-digests.ts';
import { type ApiEvent, type ApiResponse, toResponse } from '../lib/http/api-answer.ts';
import { apiKey } from '../lib/http/middleware/api-key.ts';
import { behindOrigin } from '../lib/http/middleware/behind-origin.ts';
import { jsonBody } from '../lib/http/middleware/json-body.ts';
import { problems } from '../lib/http/middleware/problems.ts';
import { requestLog } from '../lib/http/middleware/request-log.ts';
import { securityHeaders } from '../lib/http/middleware/security-headers.ts';
import { acceptEvents } from '../lib/ingest/accept-events.ts';
import { allowedPages } from '../lib/ingest/allowed-pages.ts';
import { readPost } from '../lib/ingest/read-post.ts';
import { createQueueClient } from '../lib/queue/queue-client.ts';
import { createIngestSecret } from '../lib/secrets/ingest-secret.ts';
import { createSecretsClient } from '../lib/secrets/secrets-manager.ts';
import { reportSecretFailures } from '../lib/telemetry/aws-errors.ts';
import { createTelemetry } from '../lib/telemetry/telemetry.ts';

const settings = ingestSettings(process.env);
const telemetry = createTelemetry(settings.stage);
const clients = { telemetry, queue: createQueueClient() };
const context = { settings, clients, now: Date.now, random: randomUUID };
const reading = { client: createSecretsClient(), report: reportSecretFailures(telemetry), now: Date.now };
const keys = createIngestSecret(settings.secretsPrefix, reading);

export const handler = middy<ApiEvent, ApiResponse>()
  .use(behindOrigin(originDigests(process.env)))
  .use(allowedPages(settings.corsOrigins))
  .use(securityHeaders())
  .use(requestLog('events received', context))
  .use(problems())
  .use(apiKey(keys))
  .use(jsonBody())
  .handler(async (event, request) =>
    toResponse(await acceptEvents(readPost(event, request), context), event),
  );
