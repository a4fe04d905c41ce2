/** Promise 11: delivered within 60 s when TikTok answers, and within 5 minutes through a failure of up to 3 minutes. */
import { isGood } from '../account.ts';
import type { EndCheck } from '../check.ts';

const undisturbedMs = 60_000;
const mergeWindowMs = 5 * 60_000;

const takenWithin =
  (planClass: 'quiet' | 'brief failure', mostMs: number): EndCheck =>
  (account, { plan }) => {
    const { queuedAtMs, firstTakenAtMs } = account;
    if (plan.class !== planClass || !isGood(account) || queuedAtMs === undefined) return undefined;
    const tookMs = (firstTakenAtMs ?? Number.POSITIVE_INFINITY) - queuedAtMs;
    return tookMs <= mostMs
      ? undefined
      : `promise 11: TikTok took the event ${tookMs / 1_000} s after its arrival, not within ${mostMs / 1_000} s`;
  };

const inQuiet = takenWithin('quiet', undisturbedMs);
const inFailure = takenWithin('brief failure', mergeWindowMs);

export const promise11WithinAMinute: EndCheck = (account, sight) => inQuiet(account, sight);

export const promise11WithinTheMergeWindow: EndCheck = (account, sight) => inFailure(account, sight);
