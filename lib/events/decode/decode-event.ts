/**
 * The one decoder of events: from anything that JSON can hold to a canonical event, or to what is wrong with it. It
 * judges every field once; the caller's handling decides whether a fault costs the event or only the faulty part.
 */
import { phoneCountry } from '../../privacy/country.ts';
import { explainIssues } from '../../schema/explain-issues.ts';
import { isObject } from '../../schema/is-object.ts';
import type { ConsentMode } from '../consent.ts';
import type { Destination, Destinations } from '../destination.ts';
import type { Event } from '../event.ts';
import { fieldsParser } from '../fields/parsers/parse-fields.ts';
import { type EventFields, fields, fieldsWhere } from '../fields/table.ts';
import { type FieldIssue, maxIssues } from '../issue.ts';
import type { IssueCode } from '../issue-codes.ts';
import { checkNeeds, hasName } from './check-needs.ts';
import { completeEvent, type EventContext } from './complete-event.ts';
import { createEventSchema, createMisfitFinder } from './event-schema.ts';
import { fitShape } from './fit-shape.ts';
import { createJudge, type Handling, type Judge } from './judge.ts';
import { propertiesLifter } from './lift-properties.ts';
import { vocabularyOf } from './vocabulary.ts';

export interface DecodeContext {
  readonly receivedAtMs: number;
  readonly destinations: Destinations;
  /** The name of the destination, where the caller knows it: it wins over the event's own. */
  readonly destination?: string | undefined;
  /** What the field `consent` means; by default `always`. */
  readonly consent?: ConsentMode | undefined;
}

export interface AcceptedEvent {
  readonly ok: true;
  readonly event: Event;
  readonly destinationName: string;
  readonly destination: Destination;
  /** Warnings about what was left out; each names the field, and why. */
  readonly omissions: readonly FieldIssue[];
  /** Other warnings, about values that are sent. */
  readonly warnings: readonly FieldIssue[];
}

export type DecodedEvent = AcceptedEvent | { readonly ok: false; readonly errors: readonly FieldIssue[] };

/**
 * Checks an event against the schema and the rules of its destination, and gives its canonical form.
 * `event_id` and `event_time` stay absent where the caller gave none. Never throws, never changes `input`.
 * @param handling `lenient` by default
 */
export type DecodeEvent = (input: unknown, context: DecodeContext, handling?: Handling) => DecodedEvent;

export function createEventDecoder(table: EventFields): DecodeEvent {
  const giveShape = shapeGiverOf(table);
  const parse = fieldsParser(table);
  const essential: ReadonlySet<string> = new Set(
    fieldsWhere(table, ({ isEssential }) => isEssential === true),
  );
  const isEssential = (name: string): boolean => essential.has(name);
  return (input, context, handling = 'lenient') => {
    const judge = createJudge(handling, isEssential);
    const shaped = giveShape(input, judge);
    if (shaped === undefined) return rejected(judge);
    const name = context.destination ?? textOr('default', shaped.destination);
    const destination = Object.hasOwn(context.destinations, name) ? context.destinations[name] : undefined;
    if (destination === undefined) return { ok: false, errors: [unknownDestination] };

    const country = phoneCountry(textOr('', shaped.country), destination.country);
    const { receivedAtMs, consent = 'always' } = context;
    const eventContext = createContext({ receivedAtMs, country, destination, consent }, judge);
    const event = completeEvent(parse(shaped, eventContext), eventContext);
    if (judge.errors.length === 0) checkNeeds(event, eventContext);
    if (judge.errors.length > 0 || !hasName(event)) return rejected(judge);
    const { omissions, warnings } = judge;
    return { ok: true, event, destinationName: name, destination, omissions, warnings };
  };
}

/** The decoder of the table of fields. */
export const decodeEvent: DecodeEvent = createEventDecoder(fields);

const rejected = ({ errors }: Judge): DecodedEvent => ({ ok: false, errors: errors.slice(0, maxIssues) });

type Values = Readonly<Record<string, unknown>>;

/** @returns a function that gives the fields of an event their shape; undefined when a mistake there rejects the event */
function shapeGiverOf(table: EventFields): (input: unknown, judge: Judge) => Values | undefined {
  const schema = createEventSchema(table);
  const findMisfits = createMisfitFinder(table);
  const vocabulary = vocabularyOf(table);
  const lift = propertiesLifter(table);
  return (given, judge) => {
    if (!isObject(given)) {
      judge.fail(vocabulary.notAnObject);
      return undefined;
    }
    const input = lift(given);
    const misfits = findMisfits(input);
    if (misfits.length === 0) return input;
    const { fields, faulty } = fitShape(input, misfits, table, judge);
    if (faulty.length === 0) return fields;
    const wrong = Object.fromEntries(['event_name', ...faulty].map((name) => [name, input[name]]));
    const { error } = schema().safeParse(wrong);
    for (const issue of explainIssues(error?.issues ?? [], input, vocabulary)) judge.fail(issue);
    return undefined;
  };
}

type Known = Pick<EventContext, 'receivedAtMs' | 'country' | 'destination' | 'consent'>;

const createContext = (known: Known, judge: Judge): EventContext => ({
  ...known,
  reject: (code, message, field, leftOut = [field]) => {
    if (judge.mayOmit('mistake', field))
      for (const name of leftOut) judge.omit({ field: name, code, message });
    else judge.fail({ field, code, message });
    return undefined;
  },
  omit: (code, message, field) => {
    if (judge.mayOmit('unusable', field)) judge.omit({ field, code, message });
    else judge.fail({ field, code, message });
    return undefined;
  },
  fail: (code, message, field) => judge.fail({ field, code, message }),
  warn: (code, message, field) => {
    judge.warn({ field, code, message });
    return undefined;
  },
  omissions: judge.omissions,
  isOmitted: judge.isOmitted,
});

const textOr = (fallback: string, value: unknown): string => (typeof value === 'string' ? value : fallback);

const unknownDestination: FieldIssue<IssueCode> = {
  field: 'destination',
  code: 'unknown_destination',
  message: 'no destination of this name is configured for this stage: see destinations in the stage file',
};
