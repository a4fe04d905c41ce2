/** The fields on which TikTok can match a person, and which of them each event source takes. */
import { type EventSource, eventSources } from './destination.ts';
import type { Event } from './event.ts';

/** Which sources take a user field (Events API 2.0, `user`); fields not listed here go to every source. */
export const sourcesOf: Readonly<Partial<Record<keyof Event, readonly EventSource[]>>> = {
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
};

export const isTakenBy = (source: EventSource, field: keyof Event): boolean =>
  sourcesOf[field]?.includes(source) ?? true;

/** Those of `fields` that each source takes: sorted out once, not for every event. */
export const takenBySource = <Field extends keyof Event>(fields: readonly Field[]) =>
  Object.fromEntries(
    eventSources.map((source) => [source, fields.filter((field) => isTakenBy(source, field))]),
  ) as Record<EventSource, Field[]>;

const single = [
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

const singleOf = takenBySource(single);

export type MatchKey = (typeof single)[number] | 'ip_user_agent' | 'lead_id';

/**
 * The match keys of an event that `source` takes. `ip` and `user_agent` count together only.
 * @returns names for counting, such as `email`, `ip_user_agent`, `lead_id`
 */
export function matchKeys(event: Event, source: EventSource): MatchKey[] {
  const keys: MatchKey[] = singleOf[source].filter((field) => event[field] !== undefined);
  if (event.ip !== undefined && event.user_agent !== undefined && isTakenBy(source, 'ip'))
    keys.push('ip_user_agent');
  if (event.lead?.lead_id !== undefined && isTakenBy(source, 'lead')) keys.push('lead_id');
  return keys;
}
