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
 * Counts the events that have each match key which `source` takes. `ip` and `user_agent` count together only, and a key that
 * an event has both raw and as a digest counts once, so that the sum of both counts is a number of events.
 * @returns by name, such as `email`, `ip_user_agent`, `lead_id`; without the keys that no event has
 */
export function countMatchKeys(
  events: readonly Event[],
  source: EventSource,
): Partial<Record<MatchKey, number>> {
  const counts: Partial<Record<MatchKey, number>> = {};
  const count = (key: MatchKey, has: (event: Event) => boolean): void => {
    let found = 0;
    for (const event of events) if (has(event)) found += 1;
    if (found > 0) counts[key] = found;
  };
  for (const key of keysOf[source].single) {
    const raw = rawOf[key];
    count(key, (event) => event[key] !== undefined && (raw === undefined || event[raw] === undefined));
  }
  count('ip_user_agent', (event) => hasVisitor(event, source));
  count('lead_id', (event) => hasLead(event, source));
  return counts;
}

const rawOf: Readonly<Partial<Record<SingleMatchKey, SingleMatchKey>>> = {
  hashed_email: 'email',
  hashed_phone: 'phone',
  hashed_external_id: 'external_id',
};

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
