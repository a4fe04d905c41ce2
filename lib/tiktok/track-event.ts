/** One event in the shape of TikTok's Events API 2.0 (reference id 1771101303285761). */
import type { EventSource } from '../events/destination.ts';
import type { IdentifiedEvent } from '../events/event.ts';
import { isTakenBy, takenBySource } from '../events/match-keys.ts';
import { toUser } from './user.ts';

const propertyFieldsOf = takenBySource([
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
]);

const objectFieldsOf = takenBySource(['app', 'ad', 'lead', 'limited_data_use']);

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
  putObject(track, 'page', toPage(event, source));
  copyPresent(event, objectFieldsOf[source], track);
  return track;
}

/** Named fields win over the caller's own properties of the same name. */
function toProperties(event: IdentifiedEvent, source: EventSource): Record<string, unknown> {
  const properties: Record<string, unknown> = { ...event.custom_properties };
  copyPresent(event, propertyFieldsOf[source], properties);
  return properties;
}

function toPage(event: IdentifiedEvent, source: EventSource): Record<string, unknown> {
  const page: Record<string, unknown> = {};
  if (event.page_url !== undefined && isTakenBy(source, 'page_url')) page.url = event.page_url;
  if (event.page_referrer !== undefined && isTakenBy(source, 'page_referrer'))
    page.referrer = event.page_referrer;
  return page;
}

function copyPresent(
  event: IdentifiedEvent,
  fields: readonly (keyof IdentifiedEvent)[],
  target: Record<string, unknown>,
): void {
  for (const field of fields) if (event[field] !== undefined) target[field] = event[field];
}

function putObject(target: Record<string, unknown>, name: string, value: Record<string, unknown>): void {
  for (const _ in value) {
    target[name] = value;
    return;
  }
}
