/** Promise 7, seen from TikTok: nothing is delivered that was not sent with a valid key or signature, and accepted. */
import type { Account } from '../account.ts';
import type { EndCheck, FactCheck } from '../check.ts';

const mayBeTaken = ({ event, rejectedAtMs, acceptedAtMs, takings }: Account): string | undefined => {
  if (takings === 0) return undefined;
  if (event === undefined) return 'promise 7: TikTok took an event that nobody sent';
  if (event.nature === 'invalid') return 'promise 7: TikTok took an event that no sender may send';
  if (rejectedAtMs !== undefined && acceptedAtMs === undefined)
    return 'promise 7: TikTok took an event that its sender read as rejected';
  return undefined;
};

export const promise7TakenWasAccepted: FactCheck<'taken'> = (_, account) => mayBeTaken(account);

export const promise7RejectedIsNotTaken: EndCheck = (account) => mayBeTaken(account);
