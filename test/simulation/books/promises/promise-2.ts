/** Promise 2: whatever is sent again cannot count twice, when the event has an id or a time, or the request a key. */
import type { Account } from '../account.ts';
import type { EndCheck, FactCheck } from '../check.ts';

/**
 * Each attempt with an unstable event may count, unless it carries the id of an earlier answer: the API warns its sender with `no_stable_id`. An event that a producer writes
 * without an id has the id of its message, and the SDK can store two messages in one attempt.
 */
function mayCount({ event, firstAttempts, copies }: Account): number {
  if (event === undefined || event.isStable) return 1;
  return event.source === 'producer' ? copies : firstAttempts;
}

const countsOnce = (account: Account): string | undefined =>
  account.counted <= mayCount(account)
    ? undefined
    : `promise 2: TikTok counted the event ${account.counted} times after ${account.attempts} attempts`;

export const promise2CountsOnce: FactCheck<'taken'> = (_, account) => countsOnce(account);

/** A sender that repeats an event with the id of its receipt relies on it. */
export const promise2AcceptedIdIsSent: EndCheck = ({ acceptedIds, takenIds, letters }) => {
  if (letters.length > 0) return undefined;
  const lost = [...acceptedIds].find((id) => !takenIds.has(id));
  return (
    lost &&
    `promise 2: the event was accepted with the id ${lost}, and TikTok took it as ${[...takenIds].join(', ')}`
  );
};

export const promise2CountsOnceWithPixel: FactCheck<'pixel'> = (_, account) => countsOnce(account);
