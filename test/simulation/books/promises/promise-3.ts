/** Promise 3: one bad event costs the others nothing but the calls that isolate it. */
import { meaningOf, tiktokCode } from '../../../../lib/tiktok/codes.ts';
import { isGood } from '../account.ts';
import type { EndCheck, FactCheck } from '../check.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A message that waited for a day is parked with its latest reason, whatever it is. */
const isSpent = (queuedAtMs: number | undefined, nowMs: number): boolean =>
  queuedAtMs !== undefined && nowMs - queuedAtMs >= day;

const isRefusal = (reason: string): boolean => meaningOf(tiktokCode(reason) ?? 0).startsWith('reject');

/** Of any copy of the event: a run that crashes after it parked has no report. */
export const promise3ParkedAfterRefusedAlone: FactCheck<'dead-letter'> = (
  { attributes: { reason = '' } },
  { answersAlone, queuedAtMs },
  { nowMs },
) => {
  if (!isRefusal(reason) || isSpent(queuedAtMs, nowMs)) return undefined;
  return answersAlone.has(`code ${tiktokCode(reason)}`)
    ? undefined
    : `promise 3: the event was parked as ${reason}, and the calls with it alone got ${[...answersAlone].join(', ') || 'no answer'}`;
};

/** Of the run's own copy: another run can get another answer about another copy, at the same time. */
export const promise3RunRefusedItAlone: FactCheck<'ended'> = ({ invocation, report }) => {
  const { records, letters, calls, ladder } = report;
  const refused = letters.flatMap(({ body, attributes: { reason = '' } }) => {
    const record = records.find((each) => each.body === body);
    const isOwn = record !== undefined && record.receives < ladder.maxReceiveCount - 1;
    return isOwn && isRefusal(reason) ? [`${record.key} ${reason}`] : [];
  });
  const alone = calls.flatMap(({ keys: [key, other], reason }) =>
    other === undefined ? [`${key} ${reason}`] : [],
  );
  const count = (list: readonly string[], wanted: string): number =>
    list.filter((each) => each === wanted).length;
  const wrong = refused.find((each) => count(refused, each) > count(alone, each));
  return wrong && `promise 3: run ${invocation} parked ${wrong}, which it was not answered about it alone`;
};

export const promise3GoodNeighborsPassSoon: EndCheck = (account, { plan: { mostReceives } }) =>
  !isGood(account) || account.receives <= mostReceives
    ? undefined
    : `promise 3: the event is good, and needed ${account.receives} receives; ${mostReceives} are the most`;
