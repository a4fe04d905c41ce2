/** The one decoder of events: from anything that JSON can hold to a canonical event, or to what is wrong with it. */

import { completeEvent } from './complete-event.ts';
import type { Destination, Destinations } from './destination.ts';
import type { Event } from './event.ts';
import { fromSchemaIssues } from './fields/explain-issue.ts';
import { readersOf, readFields } from './fields/read-fields.ts';
import type { Reader, Reading } from './fields/reading.ts';
import { type EventInput, eventSchema, type FieldName, fields, matchesEvent } from './fields/table.ts';
import { type FieldIssue, maxIssues } from './issue.ts';

export interface DecodeContext {
  readonly receivedAtMs: number;
  readonly destinations: Destinations;
  /** The name of the destination, where the caller knows it: it wins over the event's own. */
  readonly destination?: string | undefined;
}

/** A field of which something was left out, or `unknown_field` for names that are not in the table. */
export type Omission = FieldName | 'unknown_field';

export interface AcceptedEvent {
  readonly ok: true;
  readonly event: Event;
  readonly destinationName: string;
  readonly destination: Destination;
  readonly omitted: readonly Omission[];
  readonly warnings: readonly FieldIssue[];
}

export type DecodedEvent = AcceptedEvent | { readonly ok: false; readonly errors: readonly FieldIssue[] };

const readers = readersOf(
  Object.fromEntries(Object.entries(fields).map(([name, { read }]) => [name, read as Reader<never>])),
);

const checkShape = (input: unknown) =>
  matchesEvent(input)
    ? { success: true as const, data: input as EventInput }
    : eventSchema().safeParse(input);

/**
 * Checks an event against the schema and the rules of its destination, and gives its canonical form.
 * `event_id` and `event_time` stay absent where the caller gave none. Never throws, never mutates `input`.
 */
export function decodeEvent(input: unknown, context: DecodeContext): DecodedEvent {
  const shaped = checkShape(input);
  if (!shaped.success) return { ok: false, errors: fromSchemaIssues(shaped.error.issues, input) };
  const name = context.destination ?? shaped.data.destination ?? 'default';
  const destination = Object.hasOwn(context.destinations, name) ? context.destinations[name] : undefined;
  if (destination === undefined) return { ok: false, errors: [unknownDestination] };

  const errors: FieldIssue[] = [];
  const warnings: FieldIssue[] = [];
  const country = phoneCountry(shaped.data.country, destination);
  const reading: Reading = {
    receivedAtMs: context.receivedAtMs,
    country,
    reject: (code, message, field) => void errors.push({ field, code, message }),
    warn: (code, message, field) => void warnings.push({ field, code, message }),
  };
  const read = readFields(shaped.data, readers, reading);
  // The caller's own object is not ours to change; a copy that the readers made is, and needs none of its own.
  const own = read === shaped.data ? { ...read } : read;
  const event = completeEvent(own, destination, reading, errors.length > 0);
  if (errors.length > 0) return { ok: false, errors: errors.slice(0, maxIssues) };
  return { ok: true, event, destinationName: name, destination, omitted: [], warnings };
}

/** Only a two-letter country says how to read a phone; none, and any other text, is left to the destination's default. */
function phoneCountry(country: string | null | undefined, destination: Destination): string | undefined {
  const own = (country ?? '').trim().toUpperCase();
  return /^[A-Z]{2}$/.test(own) ? own : destination.country;
}

const unknownDestination: FieldIssue = {
  field: 'destination',
  code: 'unknown_destination',
  message: 'no destination of this name is configured for this stage: see destinations in the stage file',
};
