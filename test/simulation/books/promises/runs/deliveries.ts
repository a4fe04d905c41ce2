/** Promises 1, 4 and 7, call by call: each is what its events ask for, and has its time; what it delivered is done. */
import type { FactCheck } from '../../check.ts';
import type { RunReport } from '../../run-report.ts';
import { groupsOf } from './groups.ts';

export const promise7TestCodeIsTheEvents: FactCheck<'ended'> = ({ invocation, report: { calls } }) => {
  const wrong = calls.find(({ marks, testCode, stageTestCode }) =>
    marks.some((mark) => (mark?.testCode ?? stageTestCode) !== testCode),
  );
  return (
    wrong &&
    `promise 7: run ${invocation} made a call with the test code ${wrong.testCode ?? '(none)'} for events with ${wrong.marks.map((mark) => mark?.testCode ?? '(none)').join(', ')}`
  );
};

/** How often a run delivered each event, by key. */
function deliveriesIn({ calls }: RunReport): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { keys, isDelivered } of calls)
    if (isDelivered) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** SQS can hand out two messages of an event in one batch. */
export const promise2DeliveredIsNotSentAgain: FactCheck<'ended'> = ({ invocation, report }) => {
  for (const [key, count] of deliveriesIn(report)) {
    const messages = report.records.filter((record) => record.key === key).length;
    if (count > messages)
      return `promise 2: run ${invocation} sent ${key} again, after TikTok had confirmed it`;
  }
  return undefined;
};

export const promise2DeliveredIsDone: FactCheck<'ended'> = ({ invocation, report }) => {
  const deliveries = deliveriesIn(report);
  const bodies = new Set(report.letters.map(({ body }) => body));
  const waiting = report.records.find(
    ({ key, messageId, body }) =>
      (report.failures.includes(messageId) || bodies.has(body)) &&
      deliveries.get(key) === report.records.filter((record) => record.key === key).length,
  );
  return (
    waiting &&
    `promise 2: run ${invocation} keeps message ${waiting.messageId}, although TikTok confirmed its event`
  );
};

/** `lib/delivery/deliver-batch.ts` and `call-budget.ts` */
const reserveMs = 5_000;
const shortestCallMs = 1_000;
/** `lib/tiktok/client.ts` */
const longestCallMs = 8_000;

export const promise4CallsLeaveTime: FactCheck<'ended'> = ({ invocation, report }) => {
  const untilMs = report.endsAtMs - reserveMs;
  const late = report.calls.find(
    ({ startedAtMs, endedAtMs }) => startedAtMs > untilMs - shortestCallMs || endedAtMs > untilMs,
  );
  return (
    late &&
    `promise 4: run ${invocation} made a call from ${late.startedAtMs - untilMs} to ${late.endedAtMs - untilMs} ms around the end of its time for calls`
  );
};

export const promise4CallsHaveTime: FactCheck<'ended'> = ({ invocation, report }) => {
  const untilMs = report.endsAtMs - reserveMs;
  for (const group of groupsOf(report))
    for (const [index, { startedAtMs, endedAtMs, reason }] of group.entries()) {
      const leastMs = index === 0 ? Math.min(longestCallMs, untilMs - startedAtMs) : shortestCallMs;
      if (reason === 'timeout' && endedAtMs - startedAtMs < leastMs)
        return `promise 4: run ${invocation} ended a call after ${endedAtMs - startedAtMs} ms, and ${leastMs} ms were there`;
    }
  return undefined;
};

/** Promise 1: nothing in the simulated world is a replay, so the first receive is the first time that it can have been sent. */
export const promise1FirstSentAtIsTrue: FactCheck<'ended'> = ({ invocation, report }) => {
  const wrong = report.letters.find(({ body, attributes }) => {
    const firstSentAtMs = Date.parse(attributes.first_sent_at ?? '');
    return !report.records.some(
      (record) => record.body === body && record.firstReceivedAtMs === firstSentAtMs,
    );
  });
  return (
    wrong &&
    `promise 1: run ${invocation} parked a dead letter with first_sent_at ${wrong.attributes.first_sent_at}, which is not its first receive`
  );
};
