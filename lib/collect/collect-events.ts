/**
 * POST /v1/collect: takes the events of a page and queues them. It answers 204 to everything that is not too large, because
 * a browser can correct nothing, and 503 only when the script must send the same events again.
 */
import type { ApiAnswer, ApiEvent } from '../http/api-answer.ts';
import { type Problem, retryAfter } from '../http/problem.ts';
import { fairGroup } from '../queue/fair-group.ts';
import { reportAwsErrors } from '../telemetry/aws-errors.ts';
import type { LogFields } from '../telemetry/telemetry.ts';
import type { Arrival, CollectContext } from './collect-context.ts';
import { describeCollected, type Taken } from './describe-collected.ts';
import { isAllowedOrigin, isBelow } from './origins.ts';
import { clickCookie, setCookie, visitorCookie } from './post/cookies.ts';
import { readCollectBody } from './post/read-body.ts';
import { type CollectedPost, readPost } from './post/read-post.ts';
import { hasOptedOut, type Ids, idsOf, isBot, visitorOf } from './post/visitor.ts';
import { takeEvent } from './take-event.ts';

/** @throws RejectedInput (413) above 32 KiB or 20 events */
export async function collectEvents(
  event: ApiEvent,
  arrival: Arrival,
  context: CollectContext,
): Promise<ApiAnswer> {
  const { settings, clients } = context;
  const { origin } = event.headers;
  // First what costs nothing: a forged request is not even read.
  if (!isAllowedOrigin(origin, settings.collect.origins)) return nothingTaken('origin_not_allowed', context);
  const visitor = visitorOf(event, settings.isBehindProxy);
  if (!settings.keepsBots && isBot(visitor)) return nothingTaken('bot', context);
  const body = readCollectBody(event);
  if ('reason' in body) return nothingTaken(body.reason, context);
  const post = readPost(body.json);
  if (post === undefined) return nothingTaken('unexpected_body', context);

  const ids = idsOf(event, post);
  const sender = { ...arrival, post, visitor, ids, hasOptedOut: hasOptedOut(event) };
  const taken = post.events.map(
    (item): Taken => ({ input: item.input, result: takeEvent(item, sender, context) }),
  );
  const isStored = await storeAll(taken, arrival, context);
  const log = describeCollected(taken, isStored);
  count(log, clients.telemetry);
  if (!isStored) return { response: notQueued, log };
  return { response: answer(cookiesOf(post, taken, ids, { origin, context })), log };
}

function nothingTaken(reason: string, { clients }: CollectContext): ApiAnswer {
  clients.telemetry.count('EventsSkipped');
  return { response: answer([]), log: { source: 'collect', accepted: 0, reason } };
}

const answer = (cookies: string[]) => ({
  statusCode: 204,
  headers: { 'cache-control': 'no-store' },
  ...(cookies.length > 0 && { cookies }),
});

const notQueued: Problem = {
  status: 503,
  code: 'queue_unavailable',
  detail: 'The events were not queued. Send the same request again after a pause.',
  headers: retryAfter,
};

/** All or nothing: the script sends a whole request again, and its events have the same ids then. */
async function storeAll(
  taken: readonly Taken[],
  { trace }: Arrival,
  { settings, clients }: CollectContext,
): Promise<boolean> {
  const names = Object.keys(settings.destinations);
  const messages = taken.flatMap(({ result }) =>
    'messages' in result
      ? result.messages.map(({ body, destination }) => ({ body, groupId: fairGroup(destination, names) }))
      : [],
  );
  if (messages.length === 0) return true;
  const { stored, errors } = await clients.queue.send(settings.queueUrl, messages);
  reportAwsErrors(clients.telemetry, 'send', errors, { source: 'collect', trace });
  return stored.every((isStored) => isStored);
}

function count(
  { accepted, rejected, not_queued: unqueued }: LogFields,
  telemetry: CollectContext['clients']['telemetry'],
): void {
  if (Number(accepted) > 0) telemetry.count('EventsCollected', Number(accepted));
  if (Number(rejected) > 0) telemetry.count('EventsSkipped', Number(rejected));
  if (Number(unqueued) > 0) telemetry.count('EventsNotQueued', Number(unqueued));
}

/**
 * Each answer renews both, since Safari keeps a cookie for 7 days after its last setting only. Nothing is stored on the
 * device of a visitor who has not agreed: the script posts after the grant only, other events say so themselves.
 */
function cookiesOf(
  post: CollectedPost,
  taken: readonly Taken[],
  { ttp, ttclid }: Ids,
  { origin = '', context }: { readonly origin: string | undefined; readonly context: CollectContext },
): string[] {
  const isAgreed = post.isOfScript || taken.some(({ result }) => 'messages' in result);
  if (!isAgreed) return [];
  const { cookieDomain } = context.settings.collect;
  // On one machine the pages of a stage file are on loopback hosts, which cannot keep a cookie of the shop's domain.
  const domain = cookieDomain !== undefined && isBelow(origin, cookieDomain) ? cookieDomain : undefined;
  return [
    ...(ttp === undefined ? [] : [setCookie(visitorCookie, ttp, domain)]),
    ...(ttclid === undefined ? [] : [setCookie(clickCookie, ttclid, domain)]),
  ];
}
