/** Receives webhooks of a source `shop` in memory: what was queued, counted and read, and failures on demand. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Destinations } from '../../../lib/events/destination.ts';
import type { OutgoingMessage } from '../../../lib/queue/queue-client.ts';
import { createSecretCache } from '../../../lib/secrets/secret-cache.ts';
import { type Platforms, platforms } from '../../../lib/webhooks/platforms.ts';
import { prepareSources } from '../../../lib/webhooks/prepare-source.ts';
import { receiveWebhook } from '../../../lib/webhooks/receive-webhook.ts';
import { parseSources } from '../../../lib/webhooks/source-settings.ts';
import type { WebhookContext } from '../../../lib/webhooks/webhook-context.ts';
import { choices, type Json, nowMs } from './webhook-bodies.ts';

interface Options {
  /** Of the source; a Shopify shop unless given. */
  readonly settings?: Json;
  readonly platforms?: Platforms;
  /** What Secrets Manager holds at each read; an Error fails the read. */
  readonly secrets?: readonly (readonly string[] | Error)[];
  /** At each read of the secret; an empty text is none. */
  readonly apiToken?: string | readonly string[];
  readonly isQueueUp?: boolean;
  readonly platformApiUrl?: string;
  readonly destinations?: Destinations;
}

export async function webhookReceiver({
  settings = choices.shopify ?? {},
  platforms: among = platforms,
  secrets = [['s3cret']],
  apiToken,
  isQueueUp = true,
  platformApiUrl,
  destinations = { default: { pixelCode: 'P', eventSource: 'web', country: 'AU' } },
}: Options = {}) {
  const sent: OutgoingMessage[] = [];
  const counted: string[] = [];
  let reads = 0;
  let clock = 0;
  const load = async () => {
    const held = secrets[Math.min(reads, secrets.length - 1)] ?? [];
    const tokens = [apiToken ?? ''].flat();
    const api_token = tokens[Math.min(reads, tokens.length - 1)] ?? '';
    reads += 1;
    if (held instanceof Error) throw held;
    return {
      keys: [],
      webhooks: { shop: { secrets: [...held], ...(api_token !== '' && { api_token }) } },
    };
  };
  const sources = await prepareSources(parseSources({ shop: settings }, among), among);
  const context: WebhookContext = {
    settings: { destinations, queueUrl: 'q', platformApiUrl },
    clients: {
      queue: {
        send: async (_url, messages) => {
          if (isQueueUp) sent.push(...messages);
          const errors = isQueueUp ? [] : messages.map(() => 'ServiceUnavailable');
          return { stored: messages.map(() => isQueueUp), errors };
        },
        delay: async () => [],
      },
      // Each read is a minute after the last.
      secrets: createSecretCache({ load, now: () => (clock += 60_000), staleMs: 0 }),
      telemetry: {
        info: () => undefined,
        warn: () => undefined,
        error: () => undefined,
        flush: () => undefined,
        count: (name) => counted.push(name),
      },
    },
    now: () => nowMs,
    random: () => 'random',
  };
  return {
    receive: (event: APIGatewayProxyEventV2) => receiveWebhook(event, sources, context),
    sent,
    counted,
    reads: () => reads,
  };
}

/** A POST to the source `shop`, as API Gateway hands it over. */
export const webhookRequest = (
  body: string,
  headers: Readonly<Record<string, string>>,
  route: Partial<APIGatewayProxyEventV2> = {},
): APIGatewayProxyEventV2 =>
  ({
    headers,
    requestContext: { requestId: 'trace-1', http: { method: 'POST' } },
    routeKey: 'POST /v1/webhooks/shop',
    rawPath: '/v1/webhooks/shop',
    ...route,
    isBase64Encoded: true,
    body: Buffer.from(body).toString('base64'),
  }) as unknown as APIGatewayProxyEventV2;
