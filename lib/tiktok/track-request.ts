/** The body of one call to `/event/track/`: one event source, one source id and one test code per request. */
import type { Destination } from '../events/destination.ts';

/** TikTok accepts 1,000 events; the gateway sends at most 50 and 1 MB per call. */
export const maxEventsPerCall = 50;
export const maxCallBytes = 1_000_000;

/**
 * @param events events as JSON texts: each is serialized once, however often its batch is bisected
 * @param testEventCode routes the request to Events Manager's test page
 */
export function toTrackRequest(
  destination: Destination,
  testEventCode: string | undefined,
  events: readonly string[],
): string {
  const head = JSON.stringify({
    event_source: destination.eventSource,
    event_source_id: destination.pixelCode,
    test_event_code: testEventCode,
  });
  return `${head.slice(0, -1)},"data":[${events.join(',')}]}`;
}
