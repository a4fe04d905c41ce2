/** Reads a post to /v1/events: the three forms of the body, and the idempotency key. */
import { RejectedInput } from '../errors/app-error.ts';
import { type ApiEvent, type Received, traceOf } from '../http/api-answer.ts';
import type { Authenticated } from '../http/middleware/api-key.ts';
import type { JsonBody } from '../http/middleware/json-body.ts';
import type { ApiKey } from '../secrets/api-key.ts';
import { type Preference, preferenceOf } from './preference.ts';
import { invalidEvents } from './receipts.ts';

export interface Post {
  /** The JSON of the body: one event, a list, or `{"events": […]}`. */
  readonly body: unknown;
  readonly apiKey: Pick<ApiKey, 'id' | 'destinations'>;
  readonly idempotencyKey: string | undefined;
  /** What the header `Prefer` asks for; undefined when it asks for nothing that we know. */
  readonly preference?: Preference | undefined;
  readonly receivedAtMs: number;
  readonly trace: string;
}

/** @throws RejectedInput (400) when the idempotency key is malformed */
export const readPost = (
  event: ApiEvent,
  { json, apiKey, receivedAtMs }: Received & Authenticated & JsonBody,
): Post => ({
  body: json,
  apiKey,
  idempotencyKey: idempotencyKeyOf(event.headers),
  preference: preferenceOf(event.headers.prefer),
  receivedAtMs,
  trace: traceOf(event),
});

const maxEvents = 500;

/**
 * @returns the events of one event, of a list, or of `{"events": […]}`
 * @throws RejectedInput (422) for any other form or number
 */
export function eventsOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return checkCount(body);
  if (typeof body !== 'object' || body === null)
    throw invalid('', 'invalid_event', 'expected one event, a list of events, or {"events":[…]}');
  if (!('events' in body) || !Object.hasOwn(body, 'events')) return [body];
  const { events, ...rest } = body;
  if (Object.keys(rest).length > 0)
    throw invalid('events', 'unknown_field', 'a body with `events` must have no other member');
  if (!Array.isArray(events))
    throw invalid('events', 'invalid_type', `expected a list of 1 to ${maxEvents} events`);
  return checkCount(events);
}

function checkCount(events: unknown[]): unknown[] {
  if (events.length === 0) throw invalid('events', 'empty', `expected a list of 1 to ${maxEvents} events`);
  if (events.length > maxEvents)
    throw invalid(
      'events',
      'too_many',
      `expected at most ${maxEvents} events in one request: send the rest in another`,
    );
  return events;
}

function invalid(field: string, issue: string, message: string): RejectedInput {
  const { status, code, detail, members } = invalidEvents([{ field, code: issue, message }]);
  return new RejectedInput(status, code, detail, members);
}

/**
 * @returns the `Idempotency-Key` header: 1 to 255 visible ASCII characters
 * @throws RejectedInput (400) for anything else
 */
export function idempotencyKeyOf(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  const detail = 'The header Idempotency-Key must have 1 to 255 visible ASCII characters.';
  throw new RejectedInput(400, 'invalid_idempotency_key', detail);
}
