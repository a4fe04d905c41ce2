/**
 * Follows an accepted event until it is delivered or parked. The local sandbox lists the events that TikTok received. A
 * deployed stage keeps no such list: there, delivery is inferred when no dead letter is the event and the queue is empty.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { fingerprint } from '../../lib/privacy/sha256.ts';
import { readDepth } from '../../lib/queue/queue-depth.ts';
import { browseDeadLetters } from '../dead-letters/browse.ts';
import { readWaiting, type Waiting } from '../held/waiting.ts';
import { waitingInSandbox } from '../held/waiting-in-sandbox.ts';
import { sandboxRequests } from '../stage/sandbox.ts';
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
  /** Still waiting, or the queue has too many other messages to know. */
  | {
      readonly outcome: 'unknown';
      readonly waiting: number;
      /** Why it waits, where the journal or the sandbox says it. */
      readonly why?: Pick<Waiting, 'outcome' | 'reason' | 'detail' | 'nextAttemptMs' | 'requestId'>;
    };

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
  const why = await whyWaiting(stage, eventId, deadlineMs - waitMs).catch(() => undefined);
  return { outcome: 'unknown', waiting, ...(why && { why }) };
}

/** The time of the gateway and of this machine may differ by some seconds. */
const slackMs = 60_000;
const readingMs = 20_000;

/** What the journal says about the event; on this machine also the sandbox. */
async function whyWaiting(stage: Stage, eventId: string, sentMs: number) {
  const window = { fromMs: sentMs - slackMs, toMs: Date.now() + slackMs, containing: [fingerprint(eventId)] };
  const { openJournal } = await import('../journal/open-journal.ts');
  const read = async () => readWaiting(await openJournal(stage), window, AbortSignal.timeout(readingMs));
  const { waiting } = await read().catch(() => ({ waiting: [] }));
  const [found] = waiting.length > 0 ? waiting : await inSandbox(stage, eventId);
  if (found === undefined) return undefined;
  const { outcome, reason, detail, nextAttemptMs, requestId } = found;
  return { outcome, reason, detail, nextAttemptMs, requestId };
}

async function inSandbox(stage: Stage, eventId: string): Promise<readonly Waiting[]> {
  if (!(await hasSandbox(stage))) return [];
  const requests = await sandboxRequests(await stage.apiUrl(), 1_000);
  const own = requests.filter(({ body }) => body?.data?.some(({ event_id }) => event_id === eventId));
  return waitingInSandbox(own, {}, 1);
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
