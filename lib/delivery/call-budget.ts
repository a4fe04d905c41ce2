/** The budget of one invocation: time, and calls beyond the first of each group. */

const maxExtraCalls = 20;
/** No call starts with less time than this: it could be cut off, and nobody would know whether TikTok has the events. */
const shortestCallMs = 1_000;

export interface CallBudget {
  /**
   * @param calls how many calls share the time that is left, from 1
   * @returns milliseconds that a call may take, a second at least; undefined when less is left
   */
  timeForCall(calls: number): number | undefined;
  /** Takes one call for isolation or a new token. @returns false when all twenty are spent */
  takeExtra(): boolean;
}

/** @param deadlineMs on the clock of `now`; no call lasts beyond it */
export function createCallBudget(deadlineMs: number, now: () => number): CallBudget {
  let extra = 0;
  return {
    timeForCall: (calls) => {
      const leftMs = deadlineMs - now();
      return leftMs < shortestCallMs ? undefined : Math.max(shortestCallMs, Math.floor(leftMs / calls));
    },
    takeExtra: () => {
      if (extra >= maxExtraCalls) return false;
      extra += 1;
      return true;
    },
  };
}
