/** Event ids for events that came without one: derived from what the event says, so that a repeat cannot count twice. */
import { sha256 } from '../privacy/sha256.ts';
import { canonicalJson } from '../schema/canonical-json.ts';
import type { Event, IdentifiedEvent } from './event.ts';
import type { FieldIssue } from './issue.ts';
import type { IssueCode } from './issue-codes.ts';

/** What makes a request repeatable: the id of the API key and the request's `Idempotency-Key`. */
export interface RequestIdentity {
  readonly keyId: string;
  readonly idempotencyKey: string | undefined;
}

export const noStableId: FieldIssue<IssueCode> = {
  field: 'event_id',
  code: 'no_stable_id',
  message: 'sent again, this event would count twice: send event_id, event_time or an Idempotency-Key header',
};

/**
 * Gives each event of one post its id and time.
 *
 * An own `event_id` is kept. With an own `event_time`, or with an idempotency key, the id is a digest of the
 * event's content (and of that key); with a key, a counter tells equal events of one post apart. Else the id is
 * random and `isStable` is false. Two equal events of one second, without a key, get one id: they are merged.
 * @param random gives a fresh unguessable text
 */
export function createIdentifier(request: RequestIdentity, receivedAtMs: number, random: () => string) {
  const seen = new Map<string, number>();

  function idOf(event: Event): string | undefined {
    if (event.event_id !== undefined) return event.event_id;
    // The default destination is the same whether it is named or not.
    const named = { ...event, destination: event.destination ?? 'default' };
    if (request.idempotencyKey === undefined) {
      return event.event_time === undefined ? undefined : derivedId(canonicalJson(named));
    }
    const content = canonicalJson([request.keyId, request.idempotencyKey, named]);
    const copy = seen.get(content) ?? 0;
    seen.set(content, copy + 1);
    return derivedId(`${content}#${copy}`);
  }

  return (event: Event): { event: IdentifiedEvent; isStable: boolean } => {
    const stable = idOf(event);
    const event_time = event.event_time ?? Math.floor(receivedAtMs / 1000);
    return { event: { ...event, event_id: stable ?? random(), event_time }, isStable: stable !== undefined };
  };
}

/** Ids that the gateway derived or drew, also for webhooks (`wh-`): no pixel sends them. */
const derived = /^(?:tg|wh)-[\da-f][\da-f-]{35,46}$/;

export const isDerivedId = (eventId: string): boolean => derived.test(eventId);

const derivedId = (content: string): string => `tg-${sha256(content).slice(0, 40)}`;
