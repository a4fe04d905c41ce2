/** One event in the shape of TikTok's Events API 2.0 (reference id 1771101303285761). */
import type { EventSource } from '../events/destination.ts';
import type { IdentifiedEvent } from '../events/event.ts';
import { takenBy } from '../events/match-keys.ts';
import { toUser } from './user.ts';

/**
 * Nothing empty is sent, numbers are numbers, ids are text, and fields that the source does not take are dropped.
 * `event_id` goes to every source, app too: without it a repeat would count twice.
 * @returns for JSON.stringify, which leaves out what is undefined
 */
export function toTrackEvent(event: IdentifiedEvent, source: EventSource, country: string | undefined) {
  const takes = takenBy[source];
  return {
    event: event.event_name,
    event_time: event.event_time,
    event_id: event.event_id,
    user: unlessEmpty(toUser(event, source, country)),
    properties: unlessEmpty(toProperties(event, source)),
    page: takes.page_url ? unlessEmpty({ url: event.page_url, referrer: event.page_referrer }) : undefined,
    app: takes.app ? event.app : undefined,
    ad: takes.ad ? event.ad : undefined,
    lead: takes.lead ? event.lead : undefined,
    limited_data_use: takes.limited_data_use ? event.limited_data_use : undefined,
  };
}

/** Named fields win over the caller's own properties of the same name. */
function toProperties(event: IdentifiedEvent, source: EventSource): object {
  const named = {
    contents: event.contents,
    content_type: event.content_type,
    content_ids: event.content_ids,
    currency: event.currency,
    value: event.value,
    num_items: event.num_items,
    order_id: event.order_id,
    shop_id: event.shop_id,
    query: event.query,
    search_string: event.search_string,
    description: event.description,
    status: event.status,
    delivery_category: event.delivery_category,
    predicted_ltv: event.predicted_ltv,
    customer_type: takenBy[source].customer_type ? event.customer_type : undefined,
  };
  // Most events have none, and need no copy.
  if (event.custom_properties === undefined) return named;
  const present = Object.entries(named).filter(([, value]) => value !== undefined);
  return { ...event.custom_properties, ...Object.fromEntries(present) };
}

function unlessEmpty<Fields extends object>(fields: Fields): Fields | undefined {
  for (const name in fields) if (fields[name] !== undefined) return fields;
  return undefined;
}
