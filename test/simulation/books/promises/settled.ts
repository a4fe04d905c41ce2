/** Promise 1, in each run of the consumer: SQS deletes what TikTok confirmed or a dead letter keeps, and nothing else. */
import { meaningOf, tiktokCode } from '../../../../lib/tiktok/codes.ts';
import type { FactCheck } from '../check.ts';
import type { RunReport } from '../run-report.ts';
import { refusedLaterFrom } from './runs/groups.ts';

export const promise1DeletesOnlySettled: FactCheck<'ended'> = ({ invocation, report }) => {
  const { records, calls, letters, failures } = report;
  const kept = new Set(failures);
  const settled = new Set(calls.filter(({ isDelivered }) => isDelivered).flatMap(({ keys }) => keys));
  const bodies = new Set(letters.map(({ body }) => body));
  const lost = records.find(
    ({ messageId, key, body }) => !kept.has(messageId) && !settled.has(key) && !bodies.has(body),
  );
  return (
    lost &&
    `promise 1: run ${invocation} lets SQS delete message ${lost.messageId}, which no answer of TikTok confirms and no dead letter keeps`
  );
};

export const promise1LettersKeepTheBody: FactCheck<'ended'> = ({ invocation, report }) => {
  const bodies = new Set(report.records.map(({ body }) => body));
  return report.letters.every(({ body }) => bodies.has(body))
    ? undefined
    : `promise 1: run ${invocation} parked a dead letter whose body is not the body of its message`;
};

/** A fault that is not the event's is no reason to park before the last receive but one. */
export const promise4ParksOnlyOwnFaults: FactCheck<'ended'> = ({ invocation, report }) => {
  const early = parkedIn(report).find(
    ({ reason, receives }) => receives < report.ladder.maxReceiveCount - 1 && !isOwnFault(reason, receives),
  );
  return (
    early &&
    `promise 4: run ${invocation} parked a message as ${early.reason} at receive ${early.receives}; the ladder has more`
  );
};

const parkedIn = ({ lines }: RunReport) =>
  lines
    .filter(({ message }) => message === 'message parked')
    .map(({ fields }) => ({ reason: String(fields.reason), receives: Number(fields.receives) }));

const ownFaults: ReadonlySet<string> = new Set(['invalid_event', 'undecodable', 'expired', 'http_413']);

function isOwnFault(reason: string, receives: number): boolean {
  const code = tiktokCode(reason);
  if (ownFaults.has(reason) || code === undefined) return ownFaults.has(reason);
  const meaning = meaningOf(code);
  return meaning === 'reject' || (meaning === 'reject_later' && receives >= refusedLaterFrom);
}
