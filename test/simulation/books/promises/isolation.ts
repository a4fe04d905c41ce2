/** Promise 3, run by run: a single bad event costs the other events of the run nothing but calls. */
import type { FactCheck } from '../check.ts';
import type { Invocation } from '../invocation.ts';
import type { RunReport } from '../run-report.ts';

/** An answer that names no event can be an outage: it is probed from this receive on (`lib/delivery/isolation/search.ts`). */
const probedFromReceive = 3;

export const promise3OneBadEventCostsCallsOnly: FactCheck<'ended'> = (
  { invocation: number, report },
  _,
  { plan, invocations },
) => {
  const invocation = invocations.get(number);
  if (plan.class !== 'bad events' || invocation?.bad.length !== 1) return undefined;
  const bad = invocation.bad[0]?.key ?? '';
  if (!mustIsolate(report, invocation, bad)) return undefined;
  const waiting = report.records.find(
    ({ key, messageId }) => key !== bad && report.failures.includes(messageId),
  );
  return (
    waiting &&
    `promise 3: ${bad} is the one bad event of run ${number}, and ${waiting.key} waits because of it`
  );
};

function mustIsolate({ records, calls }: RunReport, { groupOf }: Invocation, bad: string): boolean {
  const failed = calls.find(({ isDelivered }) => !isDelivered);
  if (failed === undefined) return false;
  if (isRefusal(failed.reason)) return true;
  const group = records.filter(({ key }) => groupOf.get(key) === groupOf.get(bad));
  return Math.max(...group.map(({ receives }) => receives)) >= probedFromReceive;
}

/** Of content or size. TikTok says to try 40700 again. */
const isRefusal = (reason: string): boolean =>
  reason === 'http_413' || (/^tiktok_4/.test(reason) && reason !== 'tiktok_40700');
