/** One event in the shape of TikTok's Events API 2.0 (reference id 1771101303285761). */
import type { EventSource } from '../events/destination.ts';
import type { IdentifiedEvent } from '../events/event.ts';
import { isTakenBy } from '../events/match-keys.ts';
import { toUser } from './user.ts';

const propertyFields = [
  'contents',
  'content_type',
  'content_ids',
  'currency',
  'value',
  'num_items',
  'order_id',
  'shop_id',
  'query',
  'search_string',
  'description',
  'status',
  'delivery_category',
  'predicted_ltv',
  'customer_type',
] as const;

/**
 * Nothing empty is sent, numbers are numbers, ids are text, and fields that the source does not take are dropped.
 * `event_id` goes to every source, app too: without it a repeat would count twice.
 */
export function toTrackEvent(
  event: IdentifiedEvent,
  source: EventSource,
  country: string | undefined,
): Record<string, unknown> {
  const track: Record<string, unknown> = {
    event: event.event_name,
    event_time: event.event_time,
    event_id: event.event_id,
  };
  putObject(track, 'user', toUser(event, source, country));
  putObject(track, 'properties', toProperties(event, source));
  if (isTakenBy(source, 'page_url')) {
    putObject(track, 'page', withoutAbsent({ url: event.page_url, referrer: event.page_referrer }));
  }
  for (const name of ['app', 'ad', 'lead', 'limited_data_use'] as const) {
    if (event[name] !== undefined && isTakenBy(source, name)) track[name] = event[name];
  }
  return track;
}

/** Named fields win over the caller's own properties of the same name. */
function toProperties(event: IdentifiedEvent, source: EventSource): Record<string, unknown> {
  const properties: Record<string, unknown> = { ...event.custom_properties };
  for (const name of propertyFields) {
    if (event[name] !== undefined && isTakenBy(source, name)) properties[name] = event[name];
  }
  return properties;
}

function putObject(target: Record<string, unknown>, name: string, value: Record<string, unknown>): void {
  for (const _ in value) {
    target[name] = value;
    return;
  }
}

const withoutAbsent = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
