/** The fields on which TikTok can match a person, and which of them each event source takes. */
import { type EventSource, eventSources } from './destination.ts';
import type { Event } from './event.ts';

/** Which sources take a field (Events API 2.0); fields not listed here go to every source. */
const sourcesOf = {
  external_id: ['web', 'crm'],
  hashed_external_id: ['web', 'crm'],
  ttclid: ['web'],
  ttp: ['web'],
  ip: ['web', 'app'],
  user_agent: ['web', 'app'],
  locale: ['web', 'app'],
  idfa: ['app'],
  idfv: ['app'],
  gaid: ['app'],
  att_status: ['app'],
  page_url: ['web'],
  page_referrer: ['web'],
  app: ['app'],
  ad: ['web', 'app'],
  lead: ['crm'],
  limited_data_use: ['web', 'app'],
  customer_type: ['web', 'app'],
} as const satisfies Partial<Record<keyof Event, readonly EventSource[]>>;

type RestrictedField = keyof typeof sourcesOf;

const forEachSource = <Value>(decide: (source: EventSource) => Value) =>
  Object.fromEntries(eventSources.map((source) => [source, decide(source)])) as Readonly<
    Record<EventSource, Value>
  >;

/** Whether each source takes each of the fields that not all of them take: worked out once, not for every event. */
export const takenBy = forEachSource((source) => {
  const entries = Object.entries(sourcesOf).map(([field, sources]) => [
    field,
    new Set<string>(sources).has(source),
  ]);
  return Object.fromEntries(entries) as Readonly<Record<RestrictedField, boolean>>;
});

/** Fields that are a match key each on its own. */
export const singleMatchKeys = [
  'email',
  'hashed_email',
  'phone',
  'hashed_phone',
  'external_id',
  'hashed_external_id',
  'ttclid',
  'ttp',
  'idfa',
  'gaid',
] as const satisfies readonly (keyof Event)[];

const singleOf = forEachSource((source) =>
  singleMatchKeys.filter((field) => !(field in sourcesOf) || takenBy[source][field as RestrictedField]),
);

export type MatchKey = (typeof singleMatchKeys)[number] | 'ip_user_agent' | 'lead_id';

/**
 * The match keys of an event that `source` takes. `ip` and `user_agent` count together only.
 * @returns names for counting, such as `email`, `ip_user_agent`, `lead_id`
 */
export function matchKeys(event: Event, source: EventSource): MatchKey[] {
  const keys: MatchKey[] = singleOf[source].filter((field) => event[field] !== undefined);
  if (hasVisitor(event, source)) keys.push('ip_user_agent');
  if (hasLead(event, source)) keys.push('lead_id');
  return keys;
}

const hasVisitor = (event: Event, source: EventSource): boolean =>
  event.ip !== undefined && event.user_agent !== undefined && takenBy[source].ip;

const hasLead = (event: Event, source: EventSource): boolean =>
  event.lead?.lead_id !== undefined && takenBy[source].lead;

/** Whether there is one that `source` takes; ends at the first. */
export const hasMatchKey = (event: Event, source: EventSource): boolean =>
  singleOf[source].some((field) => event[field] !== undefined) ||
  hasVisitor(event, source) ||
  hasLead(event, source);

/** Whether there is one that some source takes. */
export const hasAnyMatchKey = (event: Event): boolean =>
  eventSources.some((source) => hasMatchKey(event, source));

/** Code of the warning that no match key of an event is one that its destination's source takes. */
export const matchKeyNotTaken = 'match_key_not_taken';
