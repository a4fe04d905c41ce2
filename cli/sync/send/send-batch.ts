/** Sends the events of one batch until each is accepted or rejected, and waits as the gateway asks. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FieldIssue } from '../../../lib/events/issue.ts';
import type { ReadyEvent } from '../../../lib/rows/prepared-row.ts';
import { unavailable } from '../../errors/cli-error.ts';
import {
  type Gateway,
  type PostAnswer,
  type PostError,
  postEvents,
  type Receipt,
} from '../../gateway/post-events.ts';
import { printable } from '../../terminal/output.ts';

export interface SendOptions {
  readonly gateway: Gateway;
  /** Shared by all batches: when the gateway asks one to wait, all wait. */
  readonly sharedBackoff: {
    /** No post before this moment, on the clock of performance.now(). */
    untilMs: number;
  };
  /** Milliseconds without progress after which a batch is given up. */
  readonly giveUpAfterMs: number;
  readonly signal: AbortSignal;
  readonly onAccepted: (events: readonly ReadyEvent[]) => void;
  /** Gets the warnings of an accepted event, if there are any. */
  readonly onWarned: (event: ReadyEvent, warnings: readonly FieldIssue[]) => void;
  readonly onRejected: (event: ReadyEvent, errors: readonly FieldIssue[]) => void;
  /** Called before each pause. @param untilMs its end, on the clock of performance.now() */
  readonly onWait: (reason: string, untilMs: number) => void;
}

export interface Unsent {
  readonly events: readonly ReadyEvent[];
  /** Why the last attempt failed; undefined when there was none. */
  readonly reason: string | undefined;
}

const firstPauseMs = 500;
const longestPauseMs = 30_000;

/** Throws an unavailable error when the gateway refuses altogether. @returns the events that are still open */
export async function sendBatch(events: readonly ReadyEvent[], options: SendOptions): Promise<Unsent> {
  let open = events;
  let reason: string | undefined;
  let tries = 0;
  let progressAtMs = performance.now();
  while (open.length > 0) {
    await waitForBackoff(options);
    if (options.signal.aborted) break;
    const before = open.length;
    const { left, afterMs, why } = await sendOnce(open, options);
    open = left;
    reason = why;
    tries = open.length < before ? 0 : tries + 1;
    if (open.length < before) progressAtMs = performance.now();
    if (open.length === 0 || performance.now() - progressAtMs >= options.giveUpAfterMs) break;
    const own =
      Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tries, 8)) * (0.8 + 0.4 * Math.random());
    options.sharedBackoff.untilMs = Math.max(
      options.sharedBackoff.untilMs,
      performance.now() + Math.max(own, afterMs),
    );
    options.onWait(reason ?? notQueued, options.sharedBackoff.untilMs);
  }
  return { events: open, reason };
}

async function waitForBackoff({ sharedBackoff, signal }: SendOptions): Promise<void> {
  for (;;) {
    const waitMs = sharedBackoff.untilMs - performance.now();
    if (waitMs <= 0 || signal.aborted) return;
    await pause(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

interface Round {
  readonly left: readonly ReadyEvent[];
  readonly afterMs: number;
  /** Why events are left. */
  readonly why?: string | undefined;
}

const notQueued = 'the gateway could not queue the events';

async function sendOnce(events: readonly ReadyEvent[], options: SendOptions): Promise<Round> {
  const body = `{"events":[${events.map(({ json }) => json).join(',')}]}`;
  const answer = await postEvents(options.gateway, body);
  if (answer.kind === 'receipts') return takeReceipts(events, answer.receipts, options);
  if (answer.kind === 'rejected') return takeErrors(events, answer.errors, options);
  if (answer.kind === 'later') return { left: events, afterMs: answer.afterMs, why: reasonOf(answer.reason) };
  return refused(events, answer, options);
}

function reasonOf(reason: string): string {
  const status = /^HTTP (\d{3})$/.exec(reason)?.[1];
  if (status === undefined) return reason;
  return `the gateway answers ${status}${status === '429' ? ' (too many requests)' : ''}`;
}

function takeReceipts(
  events: readonly ReadyEvent[],
  receipts: readonly Receipt[],
  options: SendOptions,
): Round {
  const fates = new Map(receipts.map((receipt) => [receipt.index, receipt]));
  const fateOf = (index: number) => fates.get(index)?.status ?? 'retry';
  options.onAccepted(events.filter((_, index) => fateOf(index) === 'accepted'));
  for (const receipt of receipts) {
    const event = events[receipt.index];
    if (event === undefined) continue;
    if (receipt.status === 'rejected') options.onRejected(event, receipt.errors);
    if (receipt.status === 'accepted' && receipt.warnings.length > 0)
      options.onWarned(event, receipt.warnings);
  }
  return { left: events.filter((_, index) => fateOf(index) === 'retry'), afterMs: 0, why: notQueued };
}

/** The answer to a post whose events were all rejected has 20 errors at most: halves are sent until each event has its own. */
async function takeErrors(
  events: readonly ReadyEvent[],
  errors: readonly PostError[],
  options: SendOptions,
): Promise<Round> {
  const byIndex = Map.groupBy(errors, ({ index = 0 }) => index);
  if (byIndex.size < events.length && events.length > 1) return sendHalves(events, options);
  for (const [index, event] of events.entries())
    options.onRejected(
      event,
      (byIndex.get(index) ?? []).map(({ index: _, ...issue }) => issue),
    );
  return { left: [], afterMs: 0 };
}

async function sendHalves(events: readonly ReadyEvent[], options: SendOptions): Promise<Round> {
  const middle = Math.ceil(events.length / 2);
  const first = await sendOnce(events.slice(0, middle), options);
  const second = await sendOnce(events.slice(middle), options);
  const afterMs = Math.max(first.afterMs, second.afterMs);
  return { left: [...first.left, ...second.left], afterMs, why: second.why ?? first.why };
}

async function refused(
  events: readonly ReadyEvent[],
  { status, detail }: Extract<PostAnswer, { kind: 'refused' }>,
  options: SendOptions,
): Promise<Round> {
  if (status === 413 && events.length > 1) return sendHalves(events, options);
  throw unavailable(`The gateway refused the request (HTTP ${status}): ${printable(detail)}`);
}
