/** Promise 1: an accepted event is delivered at least once, or is a dead letter with its reason for at least 10 days. */
import { isSomewhere } from '../account.ts';
import type { EndCheck, FactCheck } from '../check.ts';

const day = 86_400_000;
const leastKeptMs = 10 * day;

export const promise1AcceptedIsSomewhere: FactCheck<'accepted'> = (_, account) =>
  isSomewhere(account)
    ? undefined
    : 'promise 1: the event was answered as accepted, and is neither queued, parked nor taken';

export const promise1RemovedIsSettled: FactCheck<'removed'> = ({ how, messageId }, account) =>
  isSomewhere(account)
    ? undefined
    : `promise 1: message ${messageId} left the queue (${how}), and its event is neither queued, parked nor taken`;

export const promise1KeptForTenDays: FactCheck<'dead-letter'> = ({ keptUntilMs }, _, { nowMs }) =>
  keptUntilMs - nowMs >= leastKeptMs
    ? undefined
    : `promise 1: the dead letter is kept for ${((keptUntilMs - nowMs) / day).toFixed(1)} days, not for 10`;

export const promise1AcceptedEndsWell: EndCheck = ({ acceptedAtMs, takings, letters, messages }) => {
  if (messages.size > 0) return 'promise 1: the event is still in the queue long after all troubles ended';
  if (acceptedAtMs === undefined || takings > 0 || letters.length > 0) return undefined;
  return 'promise 1: the event was answered as accepted, and at the end it is neither parked nor taken';
};
