/** What a post to /v1/events may look like besides its events: the three forms of the body, and the idempotency key. */

import { ProblemError } from '../http/problem.ts';
import { invalidEvents } from './receipts.ts';

const maxEvents = 500;

/** The events of one event, of a list, or of `{"events": […]}`. Throws a 422 problem for any other form or number. */
export function eventsOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return checkCount(body);
  if (typeof body !== 'object' || body === null)
    throw invalid('', 'invalid_event', 'expected one event, a list of events, or {"events":[…]}');
  if (!Object.hasOwn(body, 'events')) return [body];
  const { events, ...rest } = body as { events: unknown };
  if (Object.keys(rest).length > 0)
    throw invalid('events', 'unknown_field', 'a body with events may hold nothing beside them');
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

const invalid = (field: string, code: string, message: string) =>
  new ProblemError(invalidEvents([{ field, code, message }]));

/** The `Idempotency-Key` header: 1 to 255 visible characters. Throws a 400 problem when it is anything else. */
export function idempotencyKeyOf(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  const detail = 'The header Idempotency-Key must hold 1 to 255 visible ASCII characters.';
  throw new ProblemError({ status: 400, code: 'invalid_idempotency_key', detail });
}
