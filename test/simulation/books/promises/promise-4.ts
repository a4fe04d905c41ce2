/** Promise 4: a TikTok outage or a revoked token shorter than 24 h loses nothing, parks nothing and needs no replay. */
import { type Account, isGood } from '../account.ts';
import type { EndCheck, FactCheck, Sight } from '../check.ts';

const minute = 60_000;

/** In every plan, the troubles last less than 24 h together, so none is a reason to park a good event. */
export const promise4GoodIsNeverParked: FactCheck<'dead-letter'> = ({ attributes }, account, sight) =>
  isGood(account) && !isStarved(attributes, account, sight)
    ? `promise 4: the event is good, and was parked with the reason ${attributes.reason ?? '(none)'}`
    : undefined;

/**
 * In a world where few messages may be in flight, and SQS stores each event dozens of times, the copies of bad events fill
 * the flight for a day each: SQS hands out a good one for the first time when it has expired.
 */
function isStarved(
  { reason, first_sent_at: firstSentAt = '' }: Readonly<Record<string, string>>,
  { queuedAtMs = Number.POSITIVE_INFINITY }: Account,
  { plan: { maxInFlight } }: Sight,
): boolean {
  const waitedMs = Date.parse(firstSentAt) - queuedAtMs;
  return reason === 'expired' && maxInFlight <= fewInFlight && waitedMs >= leastExpiredMs;
}

const fewInFlight = 30;
/** An event is sent for 47 hours (`lib/queue/message.ts`), which count from its order in a shop. */
const leastExpiredMs = 46 * 60 * minute;

/** The longest step of the ladder with all jitter, two batches, and a crash with its visibility timeout. */
const recoversWithinMs = 30 * minute;

export const promise4DeliversAfterTheOutage: EndCheck = (account, { plan, startMs }) => {
  const { queuedAtMs, firstTakenAtMs } = account;
  if (plan.class !== 'long outage' || !isGood(account) || queuedAtMs === undefined) return undefined;
  const dueMs = Math.max(queuedAtMs, startMs + plan.healedMs) + recoversWithinMs;
  if (firstTakenAtMs !== undefined && firstTakenAtMs <= dueMs) return undefined;
  const late =
    firstTakenAtMs === undefined ? 'never' : `${Math.round((firstTakenAtMs - dueMs) / 1_000)} s too late`;
  return `promise 4: TikTok took the event ${late} after the outage`;
};
