/** What TikTok recommends for an event and its diagnostics complain of a day later when it is missing. */

import type { Event } from '../event.ts';
import type { EventContext } from './complete-event.ts';

/** By its current and its former name. */
const purchases: ReadonlySet<string> = new Set(['Purchase', 'CompletePayment']);
const productEvents: ReadonlySet<string> = new Set([...purchases, 'AddToCart', 'ViewContent']);

/** TikTok help: standard events and their parameters; catalog ads need content ids, and bidding on value needs a value. */
export function warnOfMissing(event: Event, { destination, isOmitted, warn }: EventContext): void {
  if (destination.eventSource === 'crm') return;
  if (purchases.has(event.event_name) && event.value === undefined && !isOmitted('currency'))
    warn(
      'recommended_missing',
      'TikTok recommends value and currency for purchases: without them it cannot report revenue',
      'value',
    );
  if (productEvents.has(event.event_name) && !hasContentId(event))
    warn(
      'recommended_missing',
      'TikTok recommends contents with a content_id for this event: catalog ads need it',
      'contents',
    );
}

const hasContentId = ({ content_ids, contents }: Event): boolean =>
  content_ids !== undefined || contents?.some(({ content_id }) => content_id !== undefined) === true;
