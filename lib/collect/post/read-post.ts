/** Reads a post: the compact form of the script, or events as `POST /v1/events` takes them. Both become inputs of the decoder. */
import { RejectedInput } from '../../errors/app-error.ts';
import { isObject } from '../../schema/is-object.ts';
import { type CompactEvent, readCompactEvent } from './compact-event.ts';

export interface CollectedPost {
  /** The script posts only what its visitor agreed to. */
  readonly isOfScript: boolean;
  /** Address of the page, and what it gave as click id and visitor id: anything. */
  readonly pageUrl?: unknown;
  readonly referrer?: unknown;
  readonly clickId?: unknown;
  readonly visitorId?: unknown;
  /** When the request was sent, by the browser's clock. */
  readonly sentAt?: unknown;
  readonly events: readonly CompactEvent[];
}

const maxEvents = 20;

/** @returns undefined for a body of neither form; throws RejectedInput (413) for more than 20 events */
export function readPost(body: unknown): CollectedPost | undefined {
  if (isObject(body) && Object.hasOwn(body, 'v')) return readCompact(body);
  const events = listOf(body);
  if (events === undefined) return undefined;
  return { isOfScript: false, events: checked(events).map((input) => ({ input })) };
}

function readCompact({ v, u, r, c, p, s, e }: Readonly<Record<string, unknown>>): CollectedPost | undefined {
  if (v !== 1 || !Array.isArray(e)) return undefined;
  return {
    isOfScript: true,
    pageUrl: u,
    referrer: r,
    clickId: c,
    visitorId: p,
    sentAt: s,
    events: checked(e).map(readCompactEvent),
  };
}

function listOf(body: unknown): readonly unknown[] | undefined {
  if (Array.isArray(body)) return body;
  if (!isObject(body)) return undefined;
  if (!Object.hasOwn(body, 'events')) return Object.hasOwn(body, 'event_name') ? [body] : undefined;
  return Array.isArray(body.events) ? body.events : undefined;
}

function checked(events: readonly unknown[]): readonly unknown[] {
  if (events.length <= maxEvents) return events;
  const detail = `A request has at most ${maxEvents} events. Send the rest in another.`;
  throw new RejectedInput(413, 'body_too_large', detail);
}
