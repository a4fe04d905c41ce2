/** Promise 2: whatever is sent again cannot count twice, when the event has an id or a time, or the request a key. */
import type { Account } from '../account.ts';
import type { FactCheck } from '../check.ts';

/**
 * Each attempt with an unstable event may count: the API warns its sender with `no_stable_id`. An event that a producer writes
 * without an id has the id of its message, and the SDK can store two messages in one attempt.
 */
function mayCount({ event, attempts, copies }: Account): number {
  if (event === undefined || event.isStable) return 1;
  return event.source === 'producer' ? copies : attempts;
}

const countsOnce = (account: Account): string | undefined =>
  account.counted <= mayCount(account)
    ? undefined
    : `promise 2: TikTok counted the event ${account.counted} times after ${account.attempts} attempts`;

export const promise2CountsOnce: FactCheck<'taken'> = (_, account) => countsOnce(account);

export const promise2CountsOnceWithPixel: FactCheck<'pixel'> = (_, account) => countsOnce(account);
