/** SQS → TikTok: up to 50 messages per invocation, with a partial batch response. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { deliverSettings } from '../lib/config/environment.ts';
import type { DeliveryContext } from '../lib/delivery/context.ts';
import { deliverBatch } from '../lib/delivery/deliver-batch.ts';
import { createQueueClient } from '../lib/queue/queue-client.ts';
import { createSecretsClient } from '../lib/secrets/secrets-manager.ts';
import { createTokenReader } from '../lib/secrets/token-secrets.ts';
import { reportSecretFailures } from '../lib/telemetry/aws-errors.ts';
import { createTelemetry } from '../lib/telemetry/telemetry.ts';
import { createTikTokClient } from '../lib/tiktok/client.ts';

const settings = deliverSettings(process.env);
const telemetry = createTelemetry(settings.stage);
const context: DeliveryContext = {
  settings,
  clients: {
    queue: createQueueClient(),
    tiktok: createTikTokClient(settings.tiktokApiUrl),
    readToken: createTokenReader(settings.secretsPrefix, {
      client: createSecretsClient(),
      report: reportSecretFailures(telemetry),
      now: Date.now,
    }),
    telemetry,
  },
  now: Date.now,
  random: Math.random,
};

export const handler = (event: SQSEvent, lambda: Context): Promise<SQSBatchResponse> =>
  deliverBatch(event.Records, lambda.getRemainingTimeInMillis(), context);
