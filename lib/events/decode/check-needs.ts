/** What an event needs beside right fields: a name, consent, a currency, what its event source requires, a match key. */

import type { Event } from '../event.ts';
import { hasAnyMatchKey, hasMatchKey, matchKeyNotTaken } from '../match-keys.ts';
import { standardEvents } from '../standard-events.ts';
import type { Draft, EventContext } from './complete-event.ts';
import { warnOfMissing } from './recommended.ts';

/** To be checked once nothing else is wrong with the event. */
export function checkNeeds(event: Draft, context: EventContext): void {
  if (!hasName(event)) {
    context.fail('empty', 'expected a name of 1 to 100 characters, such as Purchase', 'event_name');
    return;
  }
  applyConsent(event, context);
  if (event.value !== undefined && event.currency === undefined) {
    const message = 'value needs a currency, an ISO 4217 code such as USD';
    context.reject('required', message, 'currency', ['value']);
    delete event.value;
  }
  checkSource(event, context);
  if (!hasMatchKey(event, context.destination.eventSource)) reportNoMatchKey(event, context);
  warnOfMissing(event, context);
}

export const hasName = (event: Draft): event is Event => event.event_name !== undefined;

/** The field is done with here: a message in the queue has passed this rule. */
function applyConsent(event: Event, { consent: mode, fail }: EventContext): void {
  const { consent } = event;
  delete event.consent;
  if (consent === 'denied' && mode === 'limit') event.limited_data_use = true;
  else if (consent === 'denied')
    fail('no_consent', 'the visitor refused: the event is not sent to TikTok', 'consent');
  else if (consent === undefined && mode === 'require')
    fail('no_consent', 'this stage sends only what a visitor agreed to: send consent: granted', 'consent');
}

/** TikTok's reference asks for lead_id of CRM events; it takes those with an e-mail or phone, too (its CSV upload does). */
function checkSource(event: Event, { destination, fail, warn }: EventContext): void {
  const { eventSource } = destination;
  if (eventSource === 'app' && event.app?.app_id === undefined)
    fail('required', 'this destination is an app: send app.app_id', 'app.app_id');
  if (eventSource === 'offline' && !standardEvents.has(event.event_name))
    warn(
      'custom_event_not_taken',
      'TikTok takes only its standard events, such as Purchase or Lead, for offline events: this name is none of them',
      'event_name',
    );
  if (eventSource !== 'crm' || event.lead?.lead_id !== undefined) return;
  const hasContact = event.email ?? event.hashed_email ?? event.phone ?? event.hashed_phone;
  if (hasContact === undefined)
    fail(
      'required',
      'this destination is a CRM set: send lead.lead_id, or an e-mail or phone',
      'lead.lead_id',
    );
  else
    warn(
      'no_lead_id',
      'TikTok matches leads best by lead.lead_id: this one is matched by e-mail or phone',
      'lead.lead_id',
    );
}

function reportNoMatchKey(event: Event, { destination, omissions, warn, fail }: EventContext): void {
  const keys =
    'email, phone, external_id (or their hashed_ forms), ttclid, ttp, idfa, gaid, lead.lead_id, or ip with user_agent';
  if (hasAnyMatchKey(event)) {
    const remedy = `TikTok takes none of its match keys for ${destination.eventSource} events and can match no person: add another of ${keys}`;
    warn(matchKeyNotTaken, remedy, 'email');
  } else {
    fail('no_match_key', `TikTok can match no person to this event: send ${keys}`, 'email');
    for (const { field, code, message } of omissions) fail(code, message, field);
  }
}
