/**
 * POST /v1/webhooks/{source}: verifies the raw body, maps it and queues its events. It answers 200 when the sender must
 * not repeat the delivery, 401 for a wrong signature, and 503 only when the sender must retry the delivery.
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { DependencyDown, RejectedInput } from '../errors/app-error.ts';
import { type ApiAnswer, traceOf } from '../http/api-answer.ts';
import { problemOf } from '../http/problem.ts';
import { readBytes } from '../http/request-body.ts';
import { fairGroup } from '../queue/fair-group.ts';
import { reportAwsErrors } from '../telemetry/aws-errors.ts';
import { type Encoded, encodeEvent } from './encode-event.ts';
import { type MappedWebhook, mapWebhook, openWebhook, type Webhook } from './map-webhook.ts';
import { readOrder } from './platform-api/read-order.ts';
import type { PreparedSource } from './prepare-source.ts';
import { invalidSignature, notQueued, summarize, toAnswer } from './report-webhook.ts';
import { challengeAnswer, verifyChallenge, wrongVerifyToken } from './signatures/challenge.ts';
import { checkSecretsOf, verifyWebhook } from './verify-webhook.ts';
import type { WebhookContext } from './webhook-context.ts';

type Sources = ReadonlyMap<string, PreparedSource>;

/** @throws RejectedInput (404) when no source has this name, and (400, 413) when the body cannot be read */
export async function receiveWebhook(
  event: APIGatewayProxyEventV2,
  sources: Sources,
  context: WebhookContext,
): Promise<ApiAnswer> {
  const source = findSource(event, sources);
  const log = { source: source.name };
  try {
    if (event.requestContext.http.method !== 'POST') return await answerProbe(event, source, context);
    const webhook = readWebhook(event, source, context);
    if (source.platform.isPing?.(webhook.headers, webhook.body))
      return { response: toAnswer([]), log: { ...log, reason: 'ping' } };
    return await takeWebhook(webhook, traceOf(event), context);
  } catch (error) {
    if (!(error instanceof DependencyDown)) throw error;
    return { response: problemOf(error), log: { ...log, detail: error.message } };
  }
}

/** Some platforms probe the URL with GET or HEAD before they use it, and some expect their challenge in the answer. */
async function answerProbe(
  { requestContext, queryStringParameters: query = {} }: APIGatewayProxyEventV2,
  source: PreparedSource,
  { clients }: WebhookContext,
): Promise<ApiAnswer> {
  const log = { source: source.name };
  const challenge = requestContext.http.method === 'GET' ? source.platform.challenge(query) : undefined;
  if (challenge === undefined) return { response: toAnswer([]), log };
  const verdict = await checkSecretsOf(source, clients.secrets, (secrets) =>
    verifyChallenge(challenge, secrets),
  );
  if (!verdict.ok) return { response: wrongVerifyToken, log: { ...log, reason: verdict.reason } };
  return { response: challengeAnswer(challenge), log: { ...log, reason: 'challenge' } };
}

async function takeWebhook(webhook: Webhook, trace: string, context: WebhookContext): Promise<ApiAnswer> {
  const { source, headers, query, body, nowMs } = webhook;
  const { secrets, telemetry } = context.clients;
  const verdict = await verifyWebhook(source, { headers, query, body, nowSeconds: nowMs / 1000 }, secrets);
  if (!verdict.ok)
    return { response: invalidSignature, log: { source: source.name, reason: verdict.reason } };
  const opened = await readOrder(openWebhook(webhook), source, headers, context);
  const mapped = mapWebhook(webhook, opened);
  const encoded = encodeOutcomes(mapped, webhook, trace, context);
  if (source.settings.dryRun)
    return { response: toAnswer(encoded, true), log: summarize(source, mapped, encoded) };
  const isStored = await storeAll(encoded, source, trace, context);
  const log = summarize(source, mapped, encoded, isStored);
  if (isStored) return { response: toAnswer(encoded), log };
  telemetry.count('EventsNotQueued', log.not_queued);
  return { response: notQueued, log };
}

/** The name comes from the path, with or without a slash at its end: the route of a source has no path parameters. */
function findSource({ rawPath }: APIGatewayProxyEventV2, sources: Sources): PreparedSource {
  const source = sources.get(/\/v1\/webhooks\/([^/]+)\/?$/.exec(rawPath)?.[1] ?? '');
  if (source !== undefined) return source;
  const detail = 'No source of this name is configured for this stage: see sources in the stage file.';
  throw new RejectedInput(404, 'unknown_source', detail);
}

function readWebhook(
  event: APIGatewayProxyEventV2,
  source: PreparedSource,
  context: WebhookContext,
): Webhook {
  const destination = context.settings.destinations[source.settings.destination];
  return {
    source,
    headers: event.headers,
    body: readBytes(event),
    query: event.queryStringParameters,
    nowMs: context.now(),
    country: destination?.country,
  };
}

function encodeOutcomes(
  { outcomes }: MappedWebhook,
  { source, nowMs }: Webhook,
  trace: string,
  context: WebhookContext,
): Encoded[] {
  const arrival = { receivedAtMs: nowMs, trace };
  return outcomes.map((outcome) =>
    outcome.kind === 'skipped'
      ? { reason: outcome.reason, detail: outcome.detail ?? '', channel: outcome.channel }
      : encodeEvent(outcome, source, arrival, context),
  );
}

/** All or nothing: a sender repeats a whole delivery, and the repeated events have the same ids. */
async function storeAll(
  encoded: readonly Encoded[],
  source: PreparedSource,
  trace: string,
  { settings, clients }: WebhookContext,
): Promise<boolean> {
  const names = Object.keys(settings.destinations);
  const messages = encoded.flatMap((item) =>
    'message' in item ? [{ body: item.message, groupId: fairGroup(item.destination, names) }] : [],
  );
  if (messages.length === 0) return true;
  const { stored, errors } = await clients.queue.send(settings.queueUrl, messages);
  reportAwsErrors(clients.telemetry, 'send', errors, { source: source.name, trace });
  return stored.every((isStored) => isStored);
}
