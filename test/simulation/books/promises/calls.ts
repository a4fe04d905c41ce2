/** Promise 3, the calls needed to isolate: few for each invocation, and few at once. */
import { meaningOf, tiktokCode } from '../../../../lib/tiktok/codes.ts';
import type { FactCheck } from '../check.ts';
import type { ReportedCall } from '../run-report.ts';

/** `lib/delivery/call-budget.ts` */
const mostExtraCalls = 20;
/** `lib/delivery/pace.ts` */
const mostAtOnce = 4;

/** Each destination gets a first call. Isolation and new tokens share the extra calls. */
export const promise3FewExtraCalls: FactCheck<'calling'> = ({ invocation: number }, _, { invocations }) => {
  const invocation = invocations.get(number);
  if (invocation === undefined) return `promise 3: invocation ${number} made a call after its end`;
  const { calls, destinations } = invocation;
  return calls <= destinations + mostExtraCalls
    ? undefined
    : `promise 3: invocation ${number} made ${calls} calls for ${destinations} destinations`;
};

/** `lib/delivery/isolation/refused.ts` and `probe.ts`, for one event among 50. */
const mostCallsFor = { refused: 13, other: 15 };

export const promise3FewCallsForOneBadEvent: FactCheck<'calling'> = (
  { invocation: number },
  _,
  { invocations, plan },
) => {
  const invocation = invocations.get(number);
  if (plan.class !== 'bad events' || invocation?.bad.length !== 1) return undefined;
  const nature = invocation.bad[0]?.nature;
  const { calls, destinations } = invocation;
  if (calls <= destinations + mostCallsFor[nature === 'refused' ? 'refused' : 'other']) return undefined;
  return `promise 3: invocation ${number} made ${calls} calls for one bad event and ${destinations} destinations`;
};

export const promise3FewCallsAtOnce: FactCheck<'calling'> = ({ invocation: number }, _, { invocations }) => {
  const { open = 0, destinations = 0 } = invocations.get(number) ?? {};
  return open <= Math.min(mostAtOnce, destinations)
    ? undefined
    : `promise 3: invocation ${number} has ${open} calls in flight for ${destinations} destinations`;
};

/** The call, and from the third receive on two parts of it: when they fail alike, TikTok is down. */
const callsInOutage = (receives: number): number => (receives < 3 ? 1 : 3);

export const promise3AnOutageCostsFewCalls: FactCheck<'ended'> = ({ invocation, report }) => {
  const receives = Math.max(...report.records.map((record) => record.receives));
  const byDestination = Map.groupBy(report.calls, ({ destination }) => destination);
  for (const [destination, calls] of byDestination)
    if (calls.length > callsInOutage(receives) && calls.every(isWithoutCause))
      return `promise 3: run ${invocation} made ${calls.length} calls to ${destination}, at receive ${receives}, and none of them was answered`;
  return undefined;
};

/** An answer that names no event, no size and no token. */
function isWithoutCause({ isDelivered, reason }: ReportedCall): boolean {
  const code = tiktokCode(reason);
  const meaning = code === undefined ? 'retry' : meaningOf(code);
  return !isDelivered && reason !== 'http_413' && meaning !== 'token' && !meaning.startsWith('reject');
}

/** `lib/tiktok/client.ts` */
const longestCallMs = 8_000;

export const promise11CallsEndInTime: FactCheck<'ended'> = ({ invocation, report: { calls } }) => {
  const long = calls.find(({ startedAtMs, endedAtMs }) => endedAtMs - startedAtMs > longestCallMs);
  return (
    long &&
    `promise 11: a call of run ${invocation} took ${long.endedAtMs - long.startedAtMs} ms; ${longestCallMs} ms are the most`
  );
};
