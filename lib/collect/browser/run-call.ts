/** Runs a call of the pixel: `track` gets its event id in a copy of the third argument, so that both copies share it. */
import type { Api, Call } from './globals.ts';

/** A call inside the running one with the same name is the same call, passed on by another script. */
let running: Call | undefined;

/**
 * Reports the call after it ran, once.
 * @param work what the page called; gets the arguments for the pixel
 * @param x pixel code of the instance
 */
export function runCall<T>(
  api: Api,
  method: string,
  a: unknown[],
  work: (args: unknown[]) => T,
  x?: unknown,
): T {
  const isTrack = method === 'track';
  const n = isTrack ? a[0] : method;
  if (api.u.includes(n)) return work(a);
  const outer = running;
  const call: Call = outer && outer.n === n ? outer : { n, a, x, t: Date.now(), u: location.href };
  running = call;
  let args = a;
  try {
    if (isTrack) {
      const options: { event_id?: Call['i'] } = { ...Object(a[2]) };
      // 52 bits of chance for each millisecond.
      call.i = options.event_id = options.event_id || call.i || `${call.t}-${Math.random()}`;
      args = [n, a[1], options];
    }
  } catch {
    // Options that cannot be read stay as they are.
  }
  try {
    return work(args);
  } finally {
    running = outer;
    if (call !== outer) api.q.push(call);
  }
}
