/** The same from the requests that the local sandbox keeps: its last answer for each destination, and since when it is so. */
import type { Destinations } from '../../lib/events/destination.ts';
import { judge } from '../../lib/tiktok/verdict.ts';
import { acceptedCodes, type SandboxRequest } from '../stage/sandbox.ts';
import type { Waiting } from './waiting.ts';

/** @param count the messages in the queue: the sandbox does not know which destination they are for */
export function waitingInSandbox(
  requests: readonly SandboxRequest[],
  destinations: Destinations,
  count: number,
): readonly Waiting[] {
  const withEvents = requests.filter(({ events }) => events > 0);
  const byPixel = Map.groupBy(withEvents, ({ body }) => body?.event_source_id);
  return [...byPixel].flatMap(([pixel, list]) => {
    const lastAccepted = list.findLastIndex(({ code }) => acceptedCodes.has(code));
    const failed = list.slice(lastAccepted + 1);
    const [first, last] = [failed[0], failed.at(-1)];
    if (first === undefined || last === undefined || count === 0) return [];
    const verdict = verdictOf(last);
    if (verdict.kind !== 'retry' && verdict.kind !== 'hold') return [];
    return {
      destination: Object.keys(destinations).find((name) => destinations[name]?.pixelCode === pixel),
      outcome: verdict.kind,
      reason: verdict.reason,
      detail: verdict.kind === 'hold' ? verdict.detail : undefined,
      count,
      sinceMs: Date.parse(first.at),
      isOlder: false,
      nextAttemptMs: undefined,
      requestId: undefined,
    };
  });
}

/** As the functions judge the answer; without one, the connection was closed. */
function verdictOf({ status, code, message }: SandboxRequest) {
  if (status === null) return judge({ kind: 'failure', reason: 'network', isSent: true }, 1);
  return judge({ kind: 'answer', status, message, ...(code !== null && { code }) }, 1);
}
