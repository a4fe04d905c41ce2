/**
 * Follows an accepted event until it is delivered or parked. The local sandbox lists the events that TikTok received. A
 * deployed stage keeps no such list: there, delivery is inferred when no dead letter is the event and the queue is empty.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { readDepth } from '../../lib/queue/queue-depth.ts';
import { browseDeadLetters } from '../dead-letters/browse.ts';
import type { Stage } from '../stage/stage.ts';
import { hasSandbox } from '../stage/tiktok-api-url.ts';
import { isInSandbox } from './sandbox-requests.ts';

const pollMs = 500;
/** SQS counts approximately, so a queue counts as empty only after this long. The local queue counts exactly. */
const emptyForMs = 90_000;
const localEmptyForMs = 2_000;

/** The end of an accepted event, and how certain it is. */
export type DeliveryResult =
  | {
      readonly outcome: 'delivered';
      /** `seen`: TikTok's sandbox lists it. `inferred`: the queue is empty and no dead letter is the event. */
      readonly certainty: 'seen' | 'inferred';
    }
  | { readonly outcome: 'parked'; readonly reason: string; readonly detail: string | undefined }
  /** Still waiting, or the queue holds too many other messages to know. */
  | { readonly outcome: 'unknown'; readonly waiting: number };

export interface FollowOptions {
  readonly waitMs: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export async function followEvent(
  stage: Stage,
  eventId: string,
  options: FollowOptions,
): Promise<DeliveryResult> {
  const { waitMs, now, signal } = options;
  const deadlineMs = now() + waitMs;
  const canSee = await hasSandbox(stage);
  const believedAfterMs = stage.isLocal ? localEmptyForMs : emptyForMs;
  let emptySinceMs = Number.POSITIVE_INFINITY;
  let waiting = 0;
  while (now() < deadlineMs && !signal.aborted) {
    const seen = await findEvent(stage, eventId, canSee, signal);
    if (seen !== undefined) return seen;
    waiting = await waitingIn(stage);
    emptySinceMs = waiting > 0 ? Number.POSITIVE_INFINITY : Math.min(emptySinceMs, now());
    if (!canSee && now() - emptySinceMs >= believedAfterMs)
      return { outcome: 'delivered', certainty: 'inferred' };
    const pauseMs = Math.min(stage.isLocal ? pollMs : pollMs * 10, Math.max(0, deadlineMs - now()));
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return { outcome: 'unknown', waiting };
}

async function findEvent(
  stage: Stage,
  eventId: string,
  canSee: boolean,
  signal: AbortSignal,
): Promise<DeliveryResult | undefined> {
  if (canSee && (await isInSandbox(await stage.apiUrl(), eventId)))
    return { outcome: 'delivered', certainty: 'seen' };
  return findDeadLetter(stage, eventId, signal);
}

async function waitingIn(stage: Stage): Promise<number> {
  const { visible, inFlight, delayed } = await readDepth(await stage.sqs(), await stage.queueUrl());
  return visible + inFlight + delayed;
}

/** Limits the search for one event. */
const maxLetters = 2_000;

async function findDeadLetter(
  stage: Stage,
  eventId: string,
  signal: AbortSignal,
): Promise<DeliveryResult | undefined> {
  const sqs = await stage.sqs();
  const queueUrl = await stage.deadLetterQueueUrl();
  const { visible } = await readDepth(sqs, queueUrl);
  if (visible === 0) return undefined;
  let parked: DeliveryResult | undefined;
  await browseDeadLetters({ sqs, queueUrl, signal, maxLetters }, (letter) => {
    if (eventIdOf(letter.body) !== eventId) return;
    parked = { outcome: 'parked', reason: letter.reason, detail: letter.detail };
  });
  return parked;
}

function eventIdOf(body: string): string | undefined {
  try {
    const message = JSON.parse(body);
    return String((message.event ?? message).event_id);
  } catch {
    return undefined;
  }
}
