/** Runs a call of the pixel: `track` gets its event id in a copy of the third argument, so that both copies share it. */
import type { Api, Call } from './globals.ts';

/** A call inside the running one with the same name is the same call, passed on by another script. */
let running: Call | undefined;

/**
 * Reports the call after it ran, once.
 * @param work what the page called; gets the arguments for the pixel
 * @param x pixel code of the instance
 */
export function runCall<T>(api: Api, k: string, a: unknown[], work: (args: unknown[]) => T, x?: unknown): T {
  const n = k === 'track' ? a[0] : k;
  if (api.u.includes(n)) return work(a);
  const outer = running;
  const call: Call = outer && outer.n === n ? outer : { k, n, a, x, t: Date.now(), u: location.href };
  running = call;
  try {
    return work(k === 'track' ? withId(call, a) : a);
  } finally {
    running = outer;
    if (call !== outer) api.q.push(call);
  }
}

/** @returns the caller's own arguments when its options cannot be read */
function withId(call: Call, args: unknown[]): unknown[] {
  try {
    const options: { event_id?: Call['i'] } = { ...Object(args[2]) };
    call.i = options.event_id =
      options.event_id || call.i || crypto.getRandomValues(new Uint32Array(4)).join('-');
    return [args[0], args[1], options];
  } catch {
    return args;
  }
}
