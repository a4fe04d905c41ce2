/** The rules that span several fields: one product, money, the click id in the page's address, match keys. */

import type { Destination } from './destination.ts';
import type { Event } from './event.ts';
import { type Content, contentFields } from './fields/commerce.ts';
import type { Reading } from './fields/reading.ts';
import { hasAnyMatchKey, hasMatchKey, matchKeyNotTaken } from './match-keys.ts';

/**
 * @param read the fields as their readers gave them, the short form of a product still flat
 * @param isFaulty a field was refused already: what follows from its absence is not reported again
 */
export function completeEvent(
  read: Record<string, unknown>,
  destination: Destination,
  reading: Reading,
  isFaulty: boolean,
): Event {
  const event = takeShortForm(read, reading) as Event;
  if (event.value !== undefined || event.contents?.some((content) => content.price !== undefined)) {
    if (event.currency === undefined && destination.currency !== undefined)
      event.currency = destination.currency;
  }
  if (event.ttclid === undefined && event.page_url !== undefined) takeClickId(event, event.page_url);
  if (!isFaulty) checkNeeds(event, destination, reading);
  return event;
}

/** `content_id`, `price` … become the single entry of `contents`. */
function takeShortForm(read: Record<string, unknown>, reading: Reading): Record<string, unknown> {
  let content: Content | undefined;
  for (const name of contentFields) {
    const value = read[name];
    if (value === undefined) continue;
    content = { ...content, [name]: value };
    delete read[name];
  }
  if (content === undefined) return read;
  if (read.contents === undefined) read.contents = [content];
  else
    reading.reject(
      'two_forms',
      'give the products either in contents or as content_id, price …, not both',
      'contents',
    );
  return read;
}

/**
 * TikTok's own tag reads the click id from the landing page too (gtm-template-eapi).
 * @param pageUrl can be parsed: its reader has seen to that, and `?.` is for the compiler, as is the caller's look for it
 */
function takeClickId(event: Event, pageUrl: string): void {
  const clickId = URL.parse(pageUrl)?.searchParams.get('ttclid');
  if (clickId && clickId.length <= 1024) event.ttclid = clickId;
}

function checkNeeds(event: Event, destination: Destination, reading: Reading): void {
  const source = destination.eventSource;
  if (event.value !== undefined && event.currency === undefined) {
    reading.reject('required', 'value needs a currency, an ISO 4217 code such as USD', 'currency');
  }
  if (source === 'app' && event.app?.app_id === undefined) {
    reading.reject('required', 'this destination is an app: send app.app_id', 'app.app_id');
  }
  if (source === 'crm' && event.lead?.lead_id === undefined) {
    reading.reject('required', 'this destination is a CRM set: send lead.lead_id', 'lead.lead_id');
  }
  if (hasMatchKey(event, source)) return;
  const keys =
    'email, phone, external_id (or their hashed_ forms), ttclid, ttp, idfa, gaid, lead.lead_id, or ip with user_agent';
  if (hasAnyMatchKey(event)) {
    const remedy = `TikTok takes none of its match keys for ${source} events and can match no person: add another of ${keys}`;
    reading.warn(matchKeyNotTaken, remedy, 'email');
  } else {
    reading.reject('no_match_key', `TikTok can match no person to this event: send ${keys}`, 'email');
  }
}
