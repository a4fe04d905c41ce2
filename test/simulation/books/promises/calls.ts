/** Promise 3, the calls needed to isolate: few for each invocation, and few at once. */
import type { FactCheck } from '../check.ts';

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

/** `lib/delivery/isolation/probe.ts`: 15 for an event that breaks the call, 13 for one that TikTok refuses. */
const mostCallsForOne = 15;

export const promise3FewCallsForOneBadEvent: FactCheck<'calling'> = (
  { invocation: number },
  _,
  { invocations, plan },
) => {
  const { calls = 0, bad: { size: bad } = new Set(), destinations = 0 } = invocations.get(number) ?? {};
  if (plan.class !== 'bad events' || bad > 1 || calls <= destinations + bad * mostCallsForOne)
    return undefined;
  return `promise 3: invocation ${number} made ${calls} calls with ${bad} bad events for ${destinations} destinations`;
};

export const promise3FewCallsAtOnce: FactCheck<'calling'> = ({ invocation: number }, _, { invocations }) => {
  const { open = 0, destinations = 0 } = invocations.get(number) ?? {};
  return open <= Math.min(mostAtOnce, destinations)
    ? undefined
    : `promise 3: invocation ${number} has ${open} calls in flight for ${destinations} destinations`;
};
