/** How much one invocation may still do: calls beyond the first of each group, and time. */

const maxExtraCalls = 20;
/** With less time than this a call is not begun: it would be cut off and leave its outcome unknown. */
const shortestCallMs = 1_000;

export interface CallBudget {
  /** Milliseconds a call may take; undefined when there is no time left to begin one. */
  timeForCall(): number | undefined;
  /** Takes one call for isolation or a new token; false when all twenty are spent. */
  takeExtra(): boolean;
  readonly extraCalls: () => number;
}

/** @param deadlineMs on the clock of `now`; no call goes on beyond it */
export function createCallBudget(deadlineMs: number, now: () => number): CallBudget {
  let extra = 0;
  return {
    timeForCall: () => {
      const left = deadlineMs - now();
      return left < shortestCallMs ? undefined : left;
    },
    takeExtra: () => {
      if (extra >= maxExtraCalls) return false;
      extra += 1;
      return true;
    },
    extraCalls: () => extra,
  };
}
