/** The fields on which TikTok can match a person, and which of them each event source takes. */
import { type EventSource, eventSources } from './destination.ts';
import type { Event } from './event.ts';
import type { FieldFacts } from './fields/field.ts';
import { type EventFields, type FieldName, fields, fieldsWhere } from './fields/table.ts';

/** Fields that are a match key each on its own. */
type SingleMatchKey = {
  [Name in FieldName]: EventFields[Name] extends { readonly matchKey: true } ? Name : never;
}[FieldName];

export type MatchKey = SingleMatchKey | 'ip_user_agent' | 'lead_id';

/** Whether the events of a source may have a field. */
export const isTakenBy = (source: EventSource, { sources }: FieldFacts): boolean =>
  sources?.includes(source) !== false;

/** Worked out once for each source, not for every event. */
export const forEachSource = <Value>(
  decide: (source: EventSource) => Value,
): Readonly<Record<EventSource, Value>> => ({
  web: decide('web'),
  app: decide('app'),
  offline: decide('offline'),
  crm: decide('crm'),
});

const isSingleKey = (name: FieldName): name is SingleMatchKey => 'matchKey' in fields[name];

const keysOf = forEachSource((source) => ({
  single: fieldsWhere(fields, (row) => isTakenBy(source, row)).filter(isSingleKey),
  takesVisitor: isTakenBy(source, fields.ip) && isTakenBy(source, fields.user_agent),
  takesLead: isTakenBy(source, fields.lead),
}));

/**
 * The match keys of an event that `source` takes. `ip` and `user_agent` count together only, and a key that the event has both
 * raw and as a digest counts once, so that the sum of both counts is a number of events.
 * @returns names for counting, such as `email`, `ip_user_agent`, `lead_id`
 */
export function matchKeys(event: Event, source: EventSource): MatchKey[] {
  const keys: MatchKey[] = keysOf[source].single.filter(
    (field) => event[field] !== undefined && !isDigestOfAnother(field, event),
  );
  if (hasVisitor(event, source)) keys.push('ip_user_agent');
  if (hasLead(event, source)) keys.push('lead_id');
  return keys;
}

const rawOf: Readonly<Partial<Record<SingleMatchKey, SingleMatchKey>>> = {
  hashed_email: 'email',
  hashed_phone: 'phone',
  hashed_external_id: 'external_id',
};

function isDigestOfAnother(field: SingleMatchKey, event: Event): boolean {
  const raw = rawOf[field];
  return raw !== undefined && event[raw] !== undefined;
}

const hasVisitor = (event: Event, source: EventSource): boolean =>
  event.ip !== undefined && event.user_agent !== undefined && keysOf[source].takesVisitor;

const hasLead = (event: Event, source: EventSource): boolean =>
  event.lead?.lead_id !== undefined && keysOf[source].takesLead;

/** Whether `source` takes at least one match key of the event. */
export const hasMatchKey = (event: Event, source: EventSource): boolean =>
  keysOf[source].single.some((field) => event[field] !== undefined) ||
  hasVisitor(event, source) ||
  hasLead(event, source);

/** Whether some source takes at least one. */
export const hasAnyMatchKey = (event: Event): boolean =>
  eventSources.some((source) => hasMatchKey(event, source));

/** Code of the warning that the destination's source takes none of the event's match keys. */
export const matchKeyNotTaken = 'match_key_not_taken';
