/** Promise 3, the calls needed to isolate: few for each invocation, and few at once. */
import { meaningOf, tiktokCode } from '../../../../lib/tiktok/codes.ts';
import type { FactCheck } from '../check.ts';
import type { ReportedCall } from '../run-report.ts';
import { groupsOf } from './runs/groups.ts';

/** `lib/delivery/call-budget.ts` */
const mostExtraCalls = 20;
/** `lib/delivery/pace.ts` */
const mostAtOnce = 4;

/** Each group gets a first call. Isolation and new tokens share the extra calls. */
export const promise3FewExtraCalls: FactCheck<'calling'> = ({ invocation: number }, _, { invocations }) => {
  const invocation = invocations.get(number);
  if (invocation === undefined) return `promise 3: invocation ${number} made a call after its end`;
  const { calls, groups } = invocation;
  return calls <= groups + mostExtraCalls
    ? undefined
    : `promise 3: invocation ${number} made ${calls} calls for ${groups} groups`;
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
  const { calls, groups } = invocation;
  if (calls <= groups + mostCallsFor[nature === 'refused' ? 'refused' : 'other']) return undefined;
  return `promise 3: invocation ${number} made ${calls} calls for one bad event and ${groups} groups`;
};

export const promise3FewCallsAtOnce: FactCheck<'calling'> = ({ invocation: number }, _, { invocations }) => {
  const { open = [] } = invocations.get(number) ?? {};
  if (open.length > mostAtOnce) return `promise 3: invocation ${number} has ${open.length} calls in flight`;
  return new Set(open).size === open.length
    ? undefined
    : `promise 3: invocation ${number} has two calls in flight for one destination: ${open.join(', ')}`;
};

/** The call, and from the third receive on two parts of it: when they fail alike, TikTok is down. */
const callsInOutage = (receives: number): number => (receives < 3 ? 1 : 3);

export const promise3AnOutageCostsFewCalls: FactCheck<'ended'> = ({ invocation, report }) => {
  const receives = Math.max(...report.records.map((record) => record.receives));
  for (const calls of groupsOf(report))
    if (calls.length > callsInOutage(receives) && calls.every(isWithoutCause))
      return `promise 3: run ${invocation} made ${calls.length} calls to ${calls[0].destination}, at receive ${receives}, and none of them was answered`;
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

/** A call that lasts longer stalls; reading a secret takes up to four seconds. */
const longMs = 6_000;

export const promise11DestinationsAreParallel: FactCheck<'ended'> = ({ invocation, report: { calls } }) => {
  const first = [...Map.groupBy(calls, ({ destination }) => destination).values()].flatMap(
    ([call]) => call ?? [],
  );
  if (first.length > mostAtOnce) return undefined;
  const slow = first.find(
    ({ startedAtMs, endedAtMs }) =>
      endedAtMs - startedAtMs > longMs && first.some((other) => other.startedAtMs >= endedAtMs),
  );
  return (
    slow &&
    `promise 11: run ${invocation} waited for ${slow.destination} before it called another destination`
  );
};
