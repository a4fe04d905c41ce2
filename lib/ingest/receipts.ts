/** Turns the receipts of a post into its one answer (202, 207, 403, 422 or 503) and counts them. */
import { type FieldIssue, maxIssues } from '../events/issue.ts';
import type { IssueCode } from '../events/issue-codes.ts';
import type { ApiAnswer } from '../http/api-answer.ts';
import { type Problem, retryAfter } from '../http/problem.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Accepted, IndexedIssue, Receipt, RejectedReceipt } from './answer-schemas.ts';
import type { Preference } from './preference.ts';

/** A key may not send to a destination. When a post has no other event, the whole post is forbidden. */
export const destinationNotAllowed = {
  field: 'destination',
  code: 'destination_not_allowed',
  message: 'this API key may not send to this destination: use another key, or let the operator allow it',
} as const satisfies FieldIssue<IssueCode>;

/** Counts accepted, rejected and unqueued events. */
export function countReceipts(receipts: readonly Receipt[], telemetry: Telemetry): void {
  const rejected = receipts.filter(isRejected).length;
  const accepted = receipts.filter(({ status }) => status === 'accepted').length;
  const unqueued = receipts.filter(({ status }) => status === 'retry').length;
  if (rejected > 0) telemetry.count('EventsRejected', rejected);
  if (accepted > 0) telemetry.count('EventsAccepted', accepted);
  if (unqueued > 0) telemetry.count('EventsNotQueued', unqueued);
}

/**
 * @param receipts one for each event of the post, in order; at least one
 * @param preference what the caller preferred; the answer says that it was applied (RFC 7240, section 3)
 */
export function toAnswer(receipts: readonly Receipt[], preference?: Preference): ApiAnswer {
  const count = (status: Receipt['status']): number =>
    receipts.filter((receipt) => receipt.status === status).length;
  const accepted = count('accepted');
  const unqueued = count('retry');
  const log = { accepted, rejected: count('rejected'), not_queued: unqueued };
  const response =
    accepted > 0
      ? partlyAccepted(receipts, accepted)
      : unqueued > 0
        ? notQueued(receipts)
        : allRejected(receipts);
  return { response: withPreference(response, preference), log };
}

const withPreference = (response: ApiAnswer['response'], preference: Preference | undefined) =>
  preference === undefined
    ? response
    : { ...response, headers: { ...response.headers, 'preference-applied': `handling=${preference}` } };

function partlyAccepted(receipts: readonly Receipt[], accepted: number) {
  const body: Accepted = { accepted, rejected: receipts.filter(isRejected).length, events: receipts };
  return {
    statusCode: accepted === receipts.length ? 202 : 207,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}

function notQueued(receipts: readonly Receipt[]): Problem {
  return {
    status: 503,
    code: 'queue_unavailable',
    detail: 'No event was queued. Resend the events after a pause, with the event ids of this answer.',
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

/** The 422 of a post without a valid event. */
export const invalidEvents = (errors: readonly IndexedIssue[]) =>
  ({
    status: 422,
    code: 'invalid_events',
    detail: 'No event was accepted. Fix the fields listed in `errors` and resend.',
    members: { errors },
  }) as const;

const isRejected = (receipt: Receipt): receipt is RejectedReceipt => receipt.status === 'rejected';
