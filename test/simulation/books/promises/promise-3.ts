/** Promise 3: one bad event costs the others nothing but the calls that isolate it. */
import { meaningOf, tiktokCode } from '../../../../lib/tiktok/codes.ts';
import { isGood } from '../account.ts';
import type { EndCheck, FactCheck } from '../check.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A message that waited for a day is parked with its latest reason, whatever it is. */
const isSpent = (queuedAtMs: number | undefined, nowMs: number): boolean =>
  queuedAtMs !== undefined && nowMs - queuedAtMs >= day;

export const promise3ParkedAfterRefusedAlone: FactCheck<'dead-letter'> = (
  { attributes: { reason = '' } },
  { answerAlone, queuedAtMs },
  { nowMs },
) => {
  const code = tiktokCode(reason);
  const isRefusal = code !== undefined && meaningOf(code).startsWith('reject');
  if (!isRefusal || isSpent(queuedAtMs, nowMs) || answerAlone?.includes(String(code))) return undefined;
  return `promise 3: the event was parked as ${reason}, and the last call with it alone got ${answerAlone ?? 'no answer'}`;
};

export const promise3GoodNeighborsPassSoon: EndCheck = (account, { plan: { mostReceives } }) =>
  !isGood(account) || account.receives <= mostReceives
    ? undefined
    : `promise 3: the event is good, and needed ${account.receives} receives; ${mostReceives} are the most`;
