/** Promise 3, the bytes and the time of the further calls: none is as large as one that was too large, and none takes it all. */
import type { FactCheck } from '../../check.ts';
import type { ReportedCall, RunReport } from '../../run-report.ts';
import { groupsOf, receivesOf, subjectOf } from './groups.ts';

const bytesOf = ({ sent }: ReportedCall): number => sent.reduce((sum, { bytes }) => sum + bytes, 0);

/** A refused event within a part makes parts of other sizes. */
const isAboutSize = ({ reason, isDelivered }: ReportedCall): boolean => reason === 'http_413' || isDelivered;

export const promise3NothingTooLargeIsSent: FactCheck<'ended'> = ({ invocation, report }) => {
  for (const group of groupsOf(report).filter((calls) => calls.every(isAboutSize))) {
    let tooLarge = Number.POSITIVE_INFINITY;
    for (const call of group) {
      if (call.keys.length > 1 && bytesOf(call) >= tooLarge)
        return `promise 3: run ${invocation} sent ${bytesOf(call)} bytes after TikTok had answered 413 to ${tooLarge}`;
      if (call.reason === 'http_413') tooLarge = Math.min(tooLarge, bytesOf(call));
    }
  }
  return undefined;
};

/** It would get the same answer for a day. */
export const promise3OwnFaultIsParked: FactCheck<'ended'> = ({ invocation, report }) => {
  const { calls, records, failures, letters, attemptedLetters } = report;
  if (attemptedLetters > letters.length || groupsOf(report).length === 0) return undefined;
  const alone = calls.filter((call) => call.keys.length === 1 && isOwnFault(call, report));
  const waiting = records.find(
    ({ key, messageId }) => failures.includes(messageId) && alone.some(({ keys }) => keys[0] === key),
  );
  return (
    waiting &&
    `promise 3: TikTok refused ${waiting.key} alone, for itself, and run ${invocation} lets it wait`
  );
};

const isOwnFault = (call: ReportedCall, report: RunReport): boolean =>
  (call.reason === 'http_413' && call.marks[0]?.flaw === 'large') ||
  subjectOf(call, Math.min(...receivesOf(call, report))) === 'content';

/** `lib/delivery/deliver-batch.ts` and `call-budget.ts` */
const reserveMs = 5_000;
const shortestCallMs = 1_000;
/** When an answer names no event, each of two parts gets a third of the time that is left. */
const shares = 3;

export const promise3DoubtSharesItsTime: FactCheck<'ended'> = ({ invocation, report }) => {
  for (const [first, ...parts] of groupsOf(report)) {
    if (![first, ...parts.slice(0, 2)].every((call) => isDoubtOrDelivered(call, report))) continue;
    const [second, third] = parts;
    const wrong =
      first.isDelivered || takesMore(second, shares, report) || takesMore(third, shares - 1, report);
    if (!first.isDelivered && wrong)
      return `promise 3: run ${invocation} gave a part of ${first.keys.length} events more than its share of the time`;
  }
  return undefined;
};

function isDoubtOrDelivered(call: ReportedCall, report: RunReport): boolean {
  const subject = subjectOf(call, Math.min(...receivesOf(call, report)));
  return subject === 'doubt' || subject === 'delivered';
}

function takesMore(call: ReportedCall | undefined, count: number, { endsAtMs }: RunReport): boolean {
  if (call === undefined) return false;
  const leftMs = endsAtMs - reserveMs - call.startedAtMs;
  return call.endedAtMs - call.startedAtMs > Math.max(shortestCallMs, Math.ceil(leftMs / count));
}
