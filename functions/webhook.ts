/** POST /v1/webhooks/{source}: signature → mapping → queue. */
import { randomUUID } from 'node:crypto';
import { originDigests } from '../lib/config/environment.ts';
import { webhookSettings } from '../lib/config/webhook-settings.ts';
import { createApiHandler } from '../lib/http/api-handler.ts';
import { behindOrigin } from '../lib/http/behind-origin.ts';
import { createQueueClient } from '../lib/queue/sqs.ts';
import { createIngestSecret } from '../lib/secrets/ingest-secret.ts';
import { createSecretsClient } from '../lib/secrets/secrets-manager.ts';
import { reportSecretFailures } from '../lib/telemetry/aws-errors.ts';
import { createTelemetry } from '../lib/telemetry/telemetry.ts';
import { prepareSources } from '../lib/webhooks/prepare-source.ts';
import { receiveWebhook } from '../lib/webhooks/receive-webhook.ts';

const settings = webhookSettings(process.env);
const telemetry = createTelemetry(settings.stage);
const secrets = createIngestSecret(
  settings.secretsPrefix,
  createSecretsClient(),
  reportSecretFailures(telemetry),
);
const context = {
  settings,
  clients: { queue: createQueueClient(), secrets, telemetry },
  now: Date.now,
  random: () => `tg-${randomUUID()}`,
};
// A mapping that cannot be compiled rejects here and ends the start, before a request comes.
const sources = prepareSources(settings.sources);

const receive = createApiHandler('webhook received', telemetry, async (event) =>
  receiveWebhook(event, await sources, context),
);

export const handler = behindOrigin(originDigests(process.env), receive);
