/**
 * The one decoder of events: from anything that JSON can hold to a canonical event, or to what is wrong with it. It
 * judges every field once; the caller's policy decides whether a fault costs the event or only the faulty part.
 */
import { explainIssues } from '../schema/explain-issues.ts';
import { checkNeeds, completeEvent, type Draft, type EventContext } from './complete-event.ts';
import type { Destination, Destinations } from './destination.ts';
import type { Event } from './event.ts';
import { createEventMatcher, createEventSchema } from './event-schema.ts';
import { fieldsParser } from './fields/parse-fields.ts';
import { type EventFields, fields } from './fields/table.ts';
import { type FieldIssue, maxIssues } from './issue.ts';
import { type Omission, type OmissionPolicy, type Ruling, rulingOf } from './omission.ts';
import { omitMisfits } from './omit-misfits.ts';
import { vocabularyOf } from './vocabulary.ts';

export interface DecodeContext {
  readonly receivedAtMs: number;
  readonly destinations: Destinations;
  /** The name of the destination, where the caller knows it: it wins over the event's own. */
  readonly destination?: string | undefined;
}

export interface AcceptedEvent {
  readonly ok: true;
  readonly event: Event;
  readonly destinationName: string;
  readonly destination: Destination;
  readonly omitted: readonly Omission[];
  readonly warnings: readonly FieldIssue[];
}

export type DecodedEvent = AcceptedEvent | { readonly ok: false; readonly errors: readonly FieldIssue[] };

/**
 * Checks an event against the schema and the rules of its destination, and gives its canonical form.
 * `event_id` and `event_time` stay absent where the caller gave none. Never throws, never changes `input`.
 * @param policy by default every fault rejects the event; a field that is essential is never left out
 */
export type DecodeEvent = (input: unknown, context: DecodeContext, policy?: OmissionPolicy) => DecodedEvent;

export function createEventDecoder(table: EventFields): DecodeEvent {
  const checkShape = shapeCheckOf(table);
  const parse = fieldsParser(table);
  return (input, context, policy) => {
    const ruling = rulingOf(table, policy);
    const shaped = checkShape(input, ruling);
    if ('errors' in shaped) return { ok: false, errors: shaped.errors };
    const name = context.destination ?? textOr('default', shaped.fields.destination);
    const destination = Object.hasOwn(context.destinations, name) ? context.destinations[name] : undefined;
    if (destination === undefined) return { ok: false, errors: [unknownDestination] };

    const findings: Findings = { errors: [], warnings: [] };
    const country = phoneCountry(shaped.fields.country, destination);
    const { receivedAtMs } = context;
    const eventContext = createContext({ receivedAtMs, country, destination }, ruling, findings);
    const event = completeEvent(parse(shaped.fields, eventContext), eventContext);
    const isNamed = hasName(event);
    if (isNamed && findings.errors.length === 0) checkNeeds(event, eventContext);
    if (!isNamed || findings.errors.length > 0)
      return { ok: false, errors: findings.errors.slice(0, maxIssues) };
    const { warnings } = findings;
    return { ok: true, event, destinationName: name, destination, omitted: ruling.omitted, warnings };
  };
}

/** The decoder of the table of fields. */
export const decodeEvent: DecodeEvent = createEventDecoder(fields);

type Shaped = { readonly fields: Readonly<Record<string, unknown>> } | { readonly errors: FieldIssue[] };

function shapeCheckOf(table: EventFields): (input: unknown, ruling: Ruling) => Shaped {
  const schema = createEventSchema(table);
  const matches = createEventMatcher(table);
  const vocabulary = vocabularyOf(table);
  return (input, ruling) => {
    if (matches(input)) return { fields: input };
    const fitted = ruling.mayOmitAny ? omitMisfits(input, table, ruling) : input;
    const { data, error } = schema().safeParse(fitted);
    return data === undefined
      ? { errors: explainIssues(error.issues, fitted, vocabulary) }
      : { fields: data };
  };
}

interface Findings {
  readonly errors: FieldIssue[];
  readonly warnings: FieldIssue[];
}

type Known = Pick<EventContext, 'receivedAtMs' | 'country' | 'destination'>;

function createContext(
  { receivedAtMs, country, destination }: Known,
  ruling: Ruling,
  { errors, warnings }: Findings,
): EventContext {
  return {
    receivedAtMs,
    country,
    destination,
    reject: (code, message, field, leftOut = [fieldOf(field)]) => {
      if (ruling.mayOmit(fieldOf(field), code)) for (const name of leftOut) ruling.omit(name);
      else errors.push({ field, code, message });
      return undefined;
    },
    fail: (code, message, field) => void errors.push({ field, code, message }),
    warn: (code, message, field) => void warnings.push({ field, code, message }),
    isOmitted: (field) => ruling.omitted.includes(field),
  };
}

/** `contents` of `contents[2].price`. */
const fieldOf = (path: string): string => /^\w*/.exec(path)?.[0] ?? '';

const hasName = (event: Draft): event is Event => event.event_name !== undefined;

const textOr = (fallback: string, value: unknown): string => (typeof value === 'string' ? value : fallback);

/** Only a two-letter country says how to read a phone; none, and any other text, is left to the destination's default. */
function phoneCountry(country: unknown, destination: Destination): string | undefined {
  const own = textOr('', country).trim().toUpperCase();
  return /^[A-Z]{2}$/.test(own) ? own : destination.country;
}

const unknownDestination: FieldIssue = {
  field: 'destination',
  code: 'unknown_destination',
  message: 'no destination of this name is configured for this stage: see destinations in the stage file',
};
