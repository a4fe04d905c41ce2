/** POST /v1/webhooks/{source}: signature → mapping → queue. */
import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import { originDigests } from '../lib/config/origin-digests.ts';
import { webhookSettings } from '../lib/config/webhook-settings.ts';
import { type ApiEvent, type ApiResponse, toResponse } from '../lib/http/api-answer.ts';
import { behindOrigin } from '../lib/http/middleware/behind-origin.ts';
import { problems } from '../lib/http/middleware/problems.ts';
import { requestLog } from '../lib/http/middleware/request-log.ts';
import { securityHeaders } from '../lib/http/middleware/security-headers.ts';
import { createQueueClient } from '../lib/queue/queue-client.ts';
import { createIngestSecret } from '../lib/secrets/ingest-secret.ts';
import { createSecretsClient } from '../lib/secrets/secrets-manager.ts';
import { reportSecretFailures } from '../lib/telemetry/aws-errors.ts';
import { createTelemetry } from '../lib/telemetry/telemetry.ts';
import { prepareSources } from '../lib/webhooks/prepare-source.ts';
import { receiveWebhook } from '../lib/webhooks/receive-webhook.ts';

const settings = webhookSettings(process.env);
const telemetry = createTelemetry(settings.stage);
const secrets = createIngestSecret(settings.secretsPrefix, {
  client: createSecretsClient(),
  report: reportSecretFailures(telemetry),
  now: Date.now,
});
const context = {
  settings,
  clients: { queue: createQueueClient(), secrets, telemetry },
  now: Date.now,
  random: () => `tg-${randomUUID()}`,
};
// A mapping that cannot be compiled rejects here and ends the start, before a request arrives.
const sources = prepareSources(settings.sources);

export const handler = middy<ApiEvent, ApiResponse>()
  .use(behindOrigin(originDigests(process.env)))
  .use(securityHeaders())
  .use(requestLog('webhook received', { clients: { telemetry }, now: Date.now }))
  .use(problems())
  .handler(async (event) => toResponse(await receiveWebhook(event, await sources, context), event));
