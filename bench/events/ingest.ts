/** The ingest handler without AWS: API Gateway's event → key → checked events → entries for SQS → answer; and its floor. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { authenticate } from '../../lib/http/middleware/api-key.ts';
import { parseJsonBody, readContent, requireJson } from '../../lib/http/request-body.ts';
import { acceptEvents } from '../../lib/ingest/accept-events.ts';
import { idempotencyKeyOf } from '../../lib/ingest/read-post.ts';
import { splitIntoBatches } from '../../lib/queue/batches.ts';
import { sizeOf, toEntry } from '../../lib/queue/entries.ts';
import type { QueueClient } from '../../lib/queue/queue-client.ts';
import { decodeIngest } from '../../lib/secrets/secret-values.ts';
import type { Telemetry } from '../../lib/telemetry/telemetry.ts';
import { destinations, type OrderForm, orders, receivedAtMs } from './fixture.ts';

const secret = decodeIngest('ingest', '{"keys":[{"id":"bench","key":"bench-key"}]}');
const keys = { get: async () => secret, refresh: async () => secret };

/** Builds the entries of each call like the real client, and reports all of them as stored. */
export const queue: QueueClient = {
  async send(_queueUrl, messages) {
    const entries = messages.map(toEntry);
    const batches = splitIntoBatches(messages.map(sizeOf)).map((batch) =>
      batch.map((index) => entries[index]),
    );
    return { stored: batches.flatMap((batch) => batch.map(() => true)), errors: [] };
  },
  delay: async () => [],
};

const nothing = () => undefined;
export const telemetry: Telemetry = {
  info: nothing,
  warn: nothing,
  error: nothing,
  count: nothing,
  flush: nothing,
};
const context = {
  settings: { destinations, queueUrl: 'https://sqs.example.com/q' },
  clients: { queue, telemetry },
  random: () => '0',
};

/** One post of 50 events. */
export function accept(form: OrderForm): () => Promise<unknown> {
  const event = {
    headers: { authorization: 'Bearer bench-key', 'content-type': 'application/json' },
    isBase64Encoded: false,
    body: JSON.stringify({ events: orders(form) }),
  } as unknown as APIGatewayProxyEventV2;
  return async () => {
    const apiKey = await authenticate(event.headers, keys, receivedAtMs);
    requireJson(event);
    const body = parseJsonBody(readContent(event));
    const idempotencyKey = idempotencyKeyOf(event.headers);
    const answer = await acceptEvents(
      { body, apiKey, idempotencyKey, receivedAtMs, trace: 'trace' },
      context,
    );
    if (!('statusCode' in answer.response)) throw new Error('the fixture is not accepted');
    return answer.response.body;
  };
}

/** JSON.parse and JSON.stringify of the same body. */
export function floor(form: OrderForm): () => string {
  const body = JSON.stringify({ events: orders(form) });
  return () => JSON.stringify(JSON.parse(body));
}
