/** Promise 1, the reason: the attributes of a dead letter are true. */
import { deadLetterReasons } from '../../../../lib/reasons/dead-letter-reasons.ts';
import type { FactCheck } from '../check.ts';

const patterns = Object.keys(deadLetterReasons).map(
  (reason) => new RegExp(`^${reason.replace(/<(?:code|status)>/, String.raw`-?\d+`)}$`),
);

/** SQS moves a message without attributes; the consumer parks it before that, unless it crashes or cannot. */
export const promise1ReasonIsACode: FactCheck<'dead-letter'> = ({ attributes }, _, { plan }) => {
  const { reason } = attributes;
  if (reason === undefined)
    return plan.class === 'everything' ? undefined : 'promise 1: SQS moved the message, so it has no reason';
  return patterns.some((pattern) => pattern.test(reason))
    ? undefined
    : `promise 1: the dead letter has the reason "${reason}", which no page explains`;
};

/** A message that expired was never sent, as `runs/reasons.ts` checks by its receives: another copy of its event can be. */
export const promise1OutcomeIsTrue: FactCheck<'dead-letter'> = ({ attributes }, { takings }) => {
  const { reason, outcome } = attributes;
  if (reason === undefined || outcome === 'unknown') return undefined;
  if (outcome !== 'refused') return `promise 1: the dead letter has the outcome "${outcome}"`;
  return takings === 0 || reason === 'expired'
    ? undefined
    : 'promise 1: the dead letter says that TikTok does not have the event, and TikTok took it';
};

export const promise1TimesAreTrue: FactCheck<'dead-letter'> = ({ attributes }, account, { nowMs }) => {
  const { reason, first_sent_at: first = '', failed_at: failed = '' } = attributes;
  if (reason === undefined) return undefined;
  const [firstMs, failedMs] = [Date.parse(first), Date.parse(failed)];
  const isTrue =
    firstMs >= (account.queuedAtMs ?? 0) &&
    firstMs <= failedMs &&
    failedMs <= nowMs &&
    failedMs > nowMs - slackMs;
  return isTrue ? undefined : `promise 1: the dead letter says first_sent_at ${first}, failed_at ${failed}`;
};

/** Parking ends long before, with all rounds, retries and requests that SQS takes late. */
const slackMs = 30_000;

export const promise1DestinationIsTrue: FactCheck<'dead-letter'> = ({ attributes }, { event }, { plan }) => {
  const { destination } = attributes;
  if (destination === undefined || destination === event?.destination) return undefined;
  return `promise 1: the dead letter names the destination "${destination}" of ${plan.destinations.join(', ')}`;
};
