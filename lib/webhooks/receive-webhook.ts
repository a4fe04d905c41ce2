/**
 * POST /v1/webhooks/{source}: verifies the raw body, maps it and queues its events. It answers 200 for whatever the
 * sender must not repeat, 401 for a wrong signature, and 503 only when the same delivery should come again.
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type ApiAnswer, traceOf } from '../http/api-handler.ts';
import { ProblemError, retryAfter } from '../http/problem.ts';
import { readBytes } from '../http/request-body.ts';
import { fingerprint } from '../privacy/sha256.ts';
import { fairGroup } from '../queue/fair-group.ts';
import type { Sent } from '../queue/sqs.ts';
import type { SecretCache } from '../secrets/secret-cache.ts';
import type { IngestSecret } from '../secrets/secret-values.ts';
import { reportAwsErrors } from '../telemetry/aws-errors.ts';
import { countBy } from '../telemetry/count-by.ts';
import { type Encoded, encodeEvent, type QueuePorts } from './encode-event.ts';
import { loggableTopic } from './loggable-topic.ts';
import { mapWebhook } from './map-webhook.ts';
import type { PreparedSource } from './prepare-source.ts';
import type { WebhookOutcome } from './webhook-outcome.ts';
import { verifyWithSecrets } from './webhook-secrets.ts';
import { isWooPing } from './webhook-topic.ts';

export interface WebhookPorts extends QueuePorts {
  readonly sources: ReadonlyMap<string, PreparedSource>;
  readonly secrets: SecretCache<IngestSecret>;
}

export async function receiveWebhook(
  event: APIGatewayProxyEventV2,
  receivedAtMs: number,
  ports: WebhookPorts,
): Promise<ApiAnswer> {
  const source = sourceOf(event, ports);
  const log = { source: source.name };
  // Some platforms probe the address with GET or HEAD before they use it.
  if (event.requestContext.http.method !== 'POST') return { response: answer([]), log };
  const body = readBytes(event);
  const { headers } = event;
  if (isWooPing(source.settings, headers, body))
    return { response: answer([]), log: { ...log, reason: 'ping' } };
  const nowSeconds = receivedAtMs / 1000;
  const verdict = await verifyWithSecrets(source, { headers, body, nowSeconds }, ports.secrets);
  if ('problem' in verdict)
    return { response: verdict.problem, log: { ...log, detail: verdict.problem.detail } };
  if (!verdict.ok) return { response: refusal, log: { ...log, reason: verdict.reason } };
  const { destination } = source.settings;
  const mapped = mapWebhook({
    source,
    headers,
    body,
    nowMs: receivedAtMs,
    query: event.queryStringParameters,
    country: ports.destinations[destination]?.country,
    currency: ports.destinations[destination]?.currency,
  });
  const encoded = mapped.outcomes.map((outcome): Encoded => {
    if (outcome.kind === 'skipped') return { reason: outcome.reason, detail: outcome.detail ?? '' };
    return encodeEvent(outcome, source, { receivedAtMs, trace: traceOf(event) }, ports);
  });
  const { stored, errors } = source.settings.dryRun ? nothingSent : await store(encoded, ports);
  reportAwsErrors(ports.telemetry, 'send', errors, { ...log, trace: traceOf(event) });
  const isStored = stored.every((one) => one);
  if (!source.settings.dryRun) countOutcomes(mapped.outcomes, encoded, isStored, ports);
  const told = {
    ...log,
    topic: loggableTopic(mapped.topic, source.settings),
    dry_run: source.settings.dryRun || undefined,
    ...tell(encoded, mapped.subject),
    omitted: omittedFields(mapped.outcomes),
  };
  if (!isStored) return { response: notQueued, log: { ...told, accepted: 0, not_queued: told.accepted } };
  return { response: answer(encoded, source.settings.dryRun), log: told };
}

/** The name is read from the path: a route that is made for one source has no path parameters. */
function sourceOf({ rawPath }: APIGatewayProxyEventV2, { sources }: WebhookPorts): PreparedSource {
  const source = sources.get(/\/v1\/webhooks\/([^/]+)$/.exec(rawPath)?.[1] ?? '');
  if (source !== undefined) return source;
  const detail = 'No source of this name is configured for this stage: see sources in the stage file.';
  throw new ProblemError({ status: 404, code: 'unknown_source', detail });
}

/** All or nothing: a sender repeats a whole delivery, and what is repeated has the same event ids. */
async function store(encoded: readonly Encoded[], ports: QueuePorts): Promise<Sent> {
  const names = Object.keys(ports.destinations);
  const messages = encoded.flatMap((item) =>
    'message' in item ? [{ body: item.message, groupId: fairGroup(item.destination, names) }] : [],
  );
  return messages.length === 0 ? nothingSent : ports.queue.send(ports.queueUrl, messages);
}

const nothingSent: Sent = { stored: [], errors: [] };

const countMessages = (encoded: readonly Encoded[]): number =>
  encoded.filter((item) => 'message' in item).length;

function countOutcomes(
  outcomes: readonly WebhookOutcome[],
  encoded: readonly Encoded[],
  isStored: boolean,
  { telemetry }: QueuePorts,
): void {
  const events = countMessages(encoded);
  if (events > 0) telemetry.count(isStored ? 'WebhookEvents' : 'EventsNotQueued', events);
  if (events > 0 && isStored) telemetry.count('EventsQueued', events);
  if (!isStored) return;
  const skipped = encoded.flatMap((item) => ('reason' in item ? item.reason : []));
  countBy(telemetry, 'WebhookSkipped', 'reason', skipped);
  const omitted = outcomes.flatMap((outcome) => (outcome.kind === 'event' ? outcome.omitted : []));
  countBy(telemetry, 'FieldsOmitted', 'key', omitted);
}

/**
 * What the one log line says: how many, and of the first event or refusal which and why. `event` is the digest of the
 * event's id or, where there is no event, of the id of the order: with it a missing order is found.
 */
function tell(encoded: readonly Encoded[], subject: string | undefined) {
  const accepted = countMessages(encoded);
  const first = encoded.find((item) => 'message' in item);
  const missed = encoded.find((item) => 'reason' in item);
  return {
    accepted,
    rejected: encoded.length - accepted,
    event: first?.event ?? (subject && fingerprint(subject)),
    reason: missed?.reason,
    detail: missed?.detail || undefined,
  };
}

/** Names of fields, such as `phone,currency`, so that a dry run tells what a metric would count. */
function omittedFields(outcomes: readonly WebhookOutcome[]): string | undefined {
  const names = outcomes.flatMap((outcome) => (outcome.kind === 'event' ? outcome.omitted : []));
  return [...new Set(names)].join() || undefined;
}

/** Tiny: senders show it in their delivery logs, where it tells why an order was not sent. */
function answer(encoded: readonly Encoded[], isDryRun = false) {
  const skipped = encoded.flatMap((item) => ('reason' in item ? [item.reason] : []));
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({
      accepted: encoded.length - skipped.length,
      skipped: skipped.slice(0, 20),
      ...(isDryRun && { dry_run: true }),
    }),
  };
}

const refusal = {
  status: 401,
  code: 'invalid_signature',
  detail:
    'The signature does not fit the body: check the secret of this source, and that nothing changes the body on its way.',
} as const;

const notQueued = {
  status: 503,
  code: 'queue_unavailable',
  detail: 'The events could not be queued: send the same delivery again.',
  headers: retryAfter,
} as const;
