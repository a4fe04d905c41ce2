/** Decides about one event of a post: whether its name may come from a browser, to whom it goes, and when it happened. */
import { isObject } from '../schema/is-object.ts';
import type { Arrival, CollectContext } from './collect-context.ts';
import { type EncodedEvent, encodeEvent, type SkippedEvent } from './encode-event.ts';
import type { CompactEvent } from './post/compact-event.ts';
import { happenedAtMs, isPlausible } from './post/event-time.ts';
import type { CollectedPost } from './post/read-post.ts';
import type { Ids, Visitor } from './post/visitor.ts';

/** What the request adds to each of its events. */
export interface Sender extends Arrival {
  readonly post: CollectedPost;
  readonly visitor: Visitor;
  readonly ids: Ids;
  readonly hasOptedOut: boolean;
}

type Input = Readonly<Record<string, unknown>>;

/** Never throws, whatever the event. */
export function takeEvent(
  event: CompactEvent,
  sender: Sender,
  context: CollectContext,
): EncodedEvent | SkippedEvent {
  const { input } = event;
  if (!isObject(input)) return { reason: 'invalid_event' };
  const skipped = nameProblem(input.event_name, context);
  if (skipped !== undefined) return skipped;
  const destinations = destinationsOf(event, input, context);
  if (!Array.isArray(destinations)) return destinations;
  try {
    return encodeEvent(completed(event, input, sender), destinations, sender, context);
  } catch {
    // A value that nobody foresaw, such as one that is nested too deeply: sent again, it would fail the same way.
    return { reason: 'invalid_event' };
  }
}

function nameProblem(given: unknown, { settings }: CollectContext): SkippedEvent | undefined {
  if (typeof given !== 'string') return { reason: 'invalid_event', detail: 'event_name: invalid_type' };
  const name = given.trim();
  if (settings.untouched.includes(name)) return { reason: 'sent_by_source' };
  return settings.collect.events.includes(name) ? undefined : { reason: 'event_not_allowed' };
}

/** A pixel code chooses among the web destinations: no pixel has the code of an app or of an offline event set. */
function destinationsOf(
  { pixelCode }: CompactEvent,
  { destination }: Input,
  { settings: { collect, destinations } }: CollectContext,
): string[] | SkippedEvent {
  if (typeof pixelCode === 'string' && pixelCode !== '') {
    const found = Object.entries(destinations).filter(
      ([, known]) => known.eventSource === 'web' && known.pixelCode === pixelCode,
    );
    return found.length > 0 ? found.map(([name]) => name) : { reason: 'unknown_pixel' };
  }
  if (destination === undefined || destination === null) return [...collect.destinations];
  const named = collect.destinations.filter((name) => name === destination);
  return named.length > 0 ? named : { reason: 'destination_not_allowed' };
}

function completed(
  { calledAt }: CompactEvent,
  event: Input,
  { post, visitor, ids, hasOptedOut, receivedAtMs }: Sender,
): Input {
  return {
    ...event,
    event_time: post.isOfScript
      ? Math.floor(happenedAtMs(calledAt, post.sentAt, receivedAtMs) / 1000)
      : isPlausible(event.event_time, receivedAtMs)
        ? event.event_time
        : undefined,
    page_url: event.page_url ?? post.pageUrl,
    page_referrer: event.page_referrer ?? post.referrer,
    ttclid: event.ttclid ?? ids.ttclid,
    ttp: event.ttp ?? ids.ttp,
    // The request's own: a page does not know its visitor's address, and a forged event must not name another's.
    ...visitor,
    ...(hasOptedOut && { limited_data_use: true }),
  };
}
