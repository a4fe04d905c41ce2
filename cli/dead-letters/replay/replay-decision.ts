/** Decides if a dead letter goes back to the queue, and with which body. Pure: the same input gives the same decision. */
import { parse, stringify } from 'lossless-json';
import { openEnvelopes } from '../../../lib/queue/envelope.ts';
import { escapeForSqs } from '../../../lib/queue/escape-for-sqs.ts';
import { decodeMessage, lifetimeMs } from '../../../lib/queue/message.ts';
import { markedReason } from '../../../lib/queue/replay-mark.ts';
import { isAbsent } from '../../../lib/schema/is-absent.ts';
import type { DeadLetter } from '../dead-letter.ts';

export interface ReplayChoices {
  /** Also messages that TikTok may have accepted more than 48 hours ago and would count again. */
  readonly includeUnknown: boolean;
  /** Gives messages whose `not_after` has passed a new one. */
  readonly renew: boolean;
  /** Also messages that were replayed before and came back for the same reason. */
  readonly again: boolean;
}

export type ReplayDecision =
  | { readonly kind: 'send'; readonly body: string; readonly isRenewed: boolean }
  | { readonly kind: 'leave'; readonly why: 'unknown_outcome' | 'expired' | 'came_back' };

/** How long TikTok treats a second copy of an event as the same one (event deduplication, May 2025). */
const deduplicationMs = 48 * 3_600_000;

export function decideReplay(letter: DeadLetter, choices: ReplayChoices, nowMs: number): ReplayDecision {
  const { isExpired, hasStableId } = readMessage(letter.body, nowMs);
  const isForgotten = nowMs - letter.firstSentAtMs > deduplicationMs || !hasStableId;
  const mayCountTwice = letter.outcome === 'unknown' && isForgotten;
  if (mayCountTwice && !choices.includeUnknown) return { kind: 'leave', why: 'unknown_outcome' };
  if (!isExpired && cameBack(letter) && !choices.again) return { kind: 'leave', why: 'came_back' };
  if (!isExpired) return { kind: 'send', body: letter.body, isRenewed: false };
  const isSafe = letter.outcome === 'refused' || choices.includeUnknown;
  if (!choices.renew || !isSafe) return { kind: 'leave', why: 'expired' };
  return { kind: 'send', body: renewed(letter.body, nowMs), isRenewed: true };
}

/** The same replay would end in the same way. */
const cameBack = ({ reason, replay }: DeadLetter): boolean => replay?.reason === markedReason(reason);

const noId = 'no-id';

/**
 * Past its `not_after` a message would only be parked again. One without an id of its own gets the id of its SQS
 * message, which changes on a replay. A body that cannot be read is neither.
 */
function readMessage(body: string, nowMs: number): { isExpired: boolean; hasStableId: boolean } {
  const message = decodeMessage({ body, messageId: noId, sentAtMs: nowMs });
  if ('undecodable' in message) return { isExpired: false, hasStableId: true };
  const hasStableId = (message.event as { event_id?: unknown }).event_id !== noId;
  return { isExpired: message.notAfterMs < nowMs, hasStableId };
}

/**
 * Only `not_after` changes; every other value keeps its digits. An envelope of SNS or EventBridge has no such field and is
 * left out: an event without an id or a time of its own keeps those of the envelope.
 */
function renewed(body: string, nowMs: number): string {
  const { content, id, sentAtMs } = openEnvelopes(body, parse);
  const message = content as Record<string, unknown>;
  const own = message.event as Record<string, unknown>;
  const timeMs = isAbsent(own.event_time) && isAbsent(message.received_at) ? sentAtMs : undefined;
  const event = {
    ...own,
    ...(id !== undefined && isAbsent(own.event_id) && { event_id: id }),
    ...(timeMs !== undefined && { event_time: Math.floor(timeMs / 1000) }),
  };
  const changed = { ...message, event, not_after: new Date(nowMs + lifetimeMs).toISOString() };
  return escapeForSqs(stringify(changed) ?? body);
}
