/** Promise 2: whatever is sent again cannot count twice, when the event has an id or a time, or the request a key. */
import type { Account } from '../account.ts';
import type { FactCheck } from '../check.ts';

/** Each attempt with an unstable event may count: its sender got the warning `no_stable_id`. */
const mayCount = ({ event, attempts }: Account): number => (event?.isStable === false ? attempts : 1);

const countsOnce = (account: Account): string | undefined =>
  account.counted <= mayCount(account)
    ? undefined
    : `promise 2: TikTok counted the event ${account.counted} times after ${account.attempts} attempts`;

export const promise2CountsOnce: FactCheck<'taken'> = (_, account) => countsOnce(account);

export const promise2CountsOnceWithPixel: FactCheck<'pixel'> = (_, account) => countsOnce(account);
