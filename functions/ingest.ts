/** POST /v1/events: API key → JSON → checked events → queue. */
import { randomUUID } from 'node:crypto';
import { ingestSettings, originDigests } from '../lib/config/environment.ts';
import { createApiHandler, traceOf } from '../lib/http/api-handler.ts';
import { behindOrigin } from '../lib/http/behind-origin.ts';
import { parseJsonBody, readContent, requireJson } from '../lib/http/request-body.ts';
import { acceptEvents } from '../lib/ingest/accept-events.ts';
import { authenticate } from '../lib/ingest/api-keys.ts';
import { idempotencyKeyOf } from '../lib/ingest/read-post.ts';
import { createQueueClient } from '../lib/queue/sqs.ts';
import { createIngestSecret } from '../lib/secrets/ingest-secret.ts';
import { createSecretsClient } from '../lib/secrets/secrets-manager.ts';
import { reportSecretFailures } from '../lib/telemetry/aws-errors.ts';
import { createTelemetry } from '../lib/telemetry/telemetry.ts';

const settings = ingestSettings(process.env);
const telemetry = createTelemetry(settings.stage);
const keys = createIngestSecret(
  settings.secretsPrefix,
  createSecretsClient(),
  reportSecretFailures(telemetry),
);
const ports = { ...settings, telemetry, queue: createQueueClient(), randomId: () => `tg-${randomUUID()}` };

const accept = createApiHandler('events received', telemetry, async (event) => {
  const receivedAtMs = Date.now();
  const apiKey = await authenticate(event.headers, keys, receivedAtMs);
  requireJson(event);
  const body = parseJsonBody(readContent(event));
  const idempotencyKey = idempotencyKeyOf(event.headers);
  const answer = await acceptEvents(
    { body, apiKey, idempotencyKey, receivedAtMs, trace: traceOf(event) },
    ports,
  );
  return { ...answer, log: { ...answer.log, api_key: apiKey.id } };
});

export const handler = behindOrigin(originDigests(process.env), accept);
