/** The answer and log fields of a webhook. Logs contain only names and digests, never a value of the body. */

import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { loggableField } from '../events/fields/loggable-field.ts';
import { maxIssues, type Omission } from '../events/issue.ts';
import type { Problem } from '../http/problem.ts';
import { retryAfter } from '../http/problem.ts';
import type { LogFields } from '../telemetry/telemetry.ts';
import type { Encoded } from './encode-event.ts';
import type { MappedWebhook } from './map-webhook.ts';
import type { PreparedSource } from './prepare-source.ts';
import { describeEvents } from './report/describe-events.ts';
import { describeReceived } from './report/received-events.ts';

/** Short: senders show it in their delivery logs, where it says why an order was not sent. */
export function toAnswer(encoded: readonly Encoded[], isDryRun = false): APIGatewayProxyStructuredResultV2 {
  const skipped = skippedReasons(encoded);
  const channel = skippedChannel(encoded);
  const omitted = omissions(encoded).map(({ field, code }) => ({ field: loggableField(field), code }));
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({
      accepted: encoded.length - skipped.length,
      skipped: skipped.slice(0, maxIssues),
      ...(channel !== undefined && { channel }),
      ...(omitted.length > 0 && { omitted: omitted.slice(0, maxIssues) }),
      ...(isDryRun && { dry_run: true }),
    }),
  };
}

export const invalidSignature: Problem = {
  status: 401,
  code: 'invalid_signature',
  detail:
    'The signature does not match the body: check the secret of this source, and that no proxy changes the body.',
};

export const notQueued: Problem = {
  status: 503,
  code: 'queue_unavailable',
  detail: 'The events could not be queued: send the same delivery again.',
  headers: retryAfter,
};

/** The fields of the one log line: counts, the events or the orders that became none, and the first skip reason. */
export function summarize(
  source: PreparedSource,
  mapped: MappedWebhook,
  encoded: readonly Encoded[],
  isStored = true,
): LogFields & { readonly not_queued: number | undefined } {
  const missed = encoded.find((item) => 'reason' in item);
  const accepted = encoded.length - skippedReasons(encoded).length;
  return {
    source: source.name,
    topic: loggableTopic(mapped.topic, source),
    dry_run: source.settings.dryRun || undefined,
    accepted: isStored ? accepted : 0,
    rejected: encoded.length - accepted,
    not_queued: isStored ? undefined : accepted,
    reason: missed?.reason,
    detail: missed?.detail || undefined,
    channel: skippedChannel(encoded),
    ...describeReceived(source, mapped.orders, encoded, isStored),
    ...describeEvents(mapped.notes, encoded),
  };
}

const skippedReasons = (encoded: readonly Encoded[]) =>
  encoded.flatMap((item) => ('reason' in item ? [item.reason] : []));

/** Names of channels and numbers of apps. Any other text could be a person's. */
const channelForm = /^[\w.:-]{1,64}$/;

/** @returns the channel of the first order whose channel decided, for the settings that allow it */
function skippedChannel(encoded: readonly Encoded[]): string | undefined {
  const channels = encoded.flatMap((item) => ('reason' in item ? [item.channel] : []));
  const channel = channels.find((each) => each !== undefined);
  return channel === undefined || channelForm.test(channel) ? channel : 'other';
}

const omissions = (encoded: readonly Encoded[]): Omission[] =>
  encoded.flatMap((item) => ('message' in item ? item.omitted : []));

/** Platforms build their topics from these words, and none of them is the name of a person. */
const words: ReadonlySet<string> = new Set(
  (
    'account action amount app application async attempt authorized available billing calculation canceled cancelled ' +
    'capturable captured cart carts charge chargeback checkout checkouts closed collection collections completed cost ' +
    'coupon create created credit customer customers data deleted delete detail disable disabled dispute disputes draft ' +
    'edited enable enabled event events expired expiring failed finalized fulfilled fulfillment fulfillments funds group ' +
    'hold intent inventory invoice item items level levels line link location locations marketing method needed note ' +
    'open order orders paid partially payment payments payout pending plan price product products profiles purchased ' +
    'quote radar redact refund refunded refunds reinstated renewed report request requested requires restored resumed ' +
    'returned returns review schedule segment segments session setup shop source status subscription subscriptions ' +
    'succeeded tax tender theme themes transaction transactions transfer trial uninstalled unpaused up update updated ' +
    'upcoming variant variants void voided warning will withdrawn end paused'
  ).split(' '),
);

const maxTopicLength = 64;

/**
 * Anyone can write the headers of a request, so a topic can contain a name or a phone number.
 * @returns the topic when the platform or the stage file knows it, `other` for any other text; undefined without any
 */
export function loggableTopic(
  topic: string,
  { settings, platform }: Pick<PreparedSource, 'settings' | 'platform'>,
): string | undefined {
  if (topic === '') return undefined;
  const isWord = (word: string) => words.has(word) || platform.topicWords?.includes(word);
  const isKnown = topic.length <= maxTopicLength && topic.split(/[/._]/).every(isWord);
  return isKnown || Object.hasOwn(settings.topics ?? {}, topic) ? topic : 'other';
}
