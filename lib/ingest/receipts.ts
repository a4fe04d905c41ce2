/** The fate of each event of a post, and the one answer made of them (202, 207, 403, 422 or 503). */
import { type FieldIssue, maxIssues } from '../events/issue.ts';
import type { ApiAnswer } from '../http/api-handler.ts';
import { type Problem, retryAfter } from '../http/problem.ts';
import { countBy } from '../telemetry/count-by.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

export interface StoredReceipt {
  readonly index: number;
  readonly event_id: string;
  /** `retry`: the event is right but could not be queued; sending it again is safe with this `event_id`. */
  readonly status: 'accepted' | 'retry';
  readonly warnings: readonly FieldIssue[];
}

export interface RejectedReceipt {
  readonly index: number;
  readonly status: 'rejected';
  readonly errors: readonly FieldIssue[];
}

export type Receipt = StoredReceipt | RejectedReceipt;

/** Why a key may not send to a destination; when no event of a post is allowed, the whole post is forbidden. */
export const destinationNotAllowed: FieldIssue = {
  field: 'destination',
  code: 'destination_not_allowed',
  message: 'this API key may not send to this destination: use another key, or let the operator allow it',
};

/** Accepted and unqueued events, and the rejected ones by the code of their first error. */
export function countReceipts(receipts: readonly Receipt[], telemetry: Telemetry): void {
  const codes = receipts.filter(isRejected).map(({ errors }) => errors[0]?.code ?? 'unknown');
  countBy(telemetry, 'EventsRejected', 'code', codes);
  const accepted = receipts.filter(({ status }) => status === 'accepted').length;
  const refused = receipts.filter(({ status }) => status === 'retry').length;
  if (accepted > 0) {
    telemetry.count('EventsAccepted', accepted);
    // Accepted is what was queued; the name of its own sums over the API and all webhooks.
    telemetry.count('EventsQueued', accepted);
  }
  if (refused > 0) telemetry.count('EventsNotQueued', refused);
}

/** @param receipts one for each event of the post, in order; at least one */
export function toAnswer(receipts: readonly Receipt[]): ApiAnswer {
  const count = (status: Receipt['status']): number =>
    receipts.filter((receipt) => receipt.status === status).length;
  const accepted = count('accepted');
  const retried = count('retry');
  const log = { accepted, rejected: count('rejected'), not_queued: retried };
  if (accepted > 0) return { response: partlyAccepted(receipts, accepted), log };
  return { response: retried > 0 ? notQueued(receipts) : allRejected(receipts), log };
}

function partlyAccepted(receipts: readonly Receipt[], accepted: number) {
  const body = { accepted, rejected: receipts.filter(isRejected).length, events: receipts };
  return {
    statusCode: accepted === receipts.length ? 202 : 207,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}

function notQueued(receipts: readonly Receipt[]): Problem {
  const detail =
    'No event could be queued: send the events again after a pause, with the event ids of this answer.';
  return {
    status: 503,
    code: 'queue_unavailable',
    detail,
    members: { events: receipts },
    headers: retryAfter,
  };
}

function allRejected(receipts: readonly Receipt[]): Problem {
  const rejected = receipts.filter(isRejected);
  if (rejected.every(({ errors }) => errors[0]?.code === destinationNotAllowed.code)) {
    return {
      status: 403,
      code: destinationNotAllowed.code,
      detail: 'This API key may not send to the destination of these events.',
    };
  }
  const errors = rejected.flatMap(({ index, errors }) => errors.map((error) => ({ index, ...error })));
  return invalidEvents(errors.slice(0, maxIssues));
}

/** A 422 answer; `index` is absent where the post as a whole is wrong. */
export const invalidEvents = (errors: readonly (FieldIssue & { readonly index?: number })[]): Problem => ({
  status: 422,
  code: 'invalid_events',
  detail: 'No event was accepted. Fix the fields listed in `errors` and resend.',
  members: { errors },
});

const isRejected = (receipt: Receipt): receipt is RejectedReceipt => receipt.status === 'rejected';
