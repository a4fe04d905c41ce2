/** Maps Stripe Checkout sessions to events. One sale fires several topics; only those of the session are read. */
import { type Attributes, attribute, attributeValues, metadata } from '../../payload/attributes.ts';
import { findClickIds } from '../../payload/click-ids.ts';
import { firstMoney, fromMinorUnits, type Money } from '../../payload/money.ts';
import { pageUrl, referrerUrl } from '../../payload/page-url.ts';
import { describePerson, pickEmail, pickPhone, splitName } from '../../payload/person.ts';
import { asUnixSeconds } from '../../payload/time.ts';
import { asId, asObject, asText, firstText, type Payload } from '../../payload/values.ts';
import { visitorIp } from '../../payload/visitor.ts';
import { finishEvent } from '../compose-event.ts';
import type { MapInput } from '../platform.ts';
import { fillTemplate } from '../rules/event-id-template.ts';
import { type Fresh, judgeAge, skipUnreadableTime } from '../rules/freshness.ts';
import { skip, type WebhookOutcome } from '../webhook-outcome.ts';
import type { StripeSettings } from './settings.ts';

const completed = 'checkout.session.completed';
const paidLater = 'checkout.session.async_payment_succeeded';
const defaultTopics: Readonly<Record<string, string>> = { [completed]: 'Purchase', [paidLater]: 'Purchase' };

/** The names of the events of a source with these settings. */
export const stripeEventNames = ({ topics = defaultTopics, unpaidEvent }: StripeSettings): string[] => [
  ...Object.values(topics),
  ...(unpaidEvent === 'none' ? [] : [unpaidEvent]),
];

export function mapStripe(input: MapInput<StripeSettings>): WebhookOutcome {
  const { settings, topic, payload, nowMs } = input;
  const topics = settings.topics ?? defaultTopics;
  const name = Object.hasOwn(topics, topic) ? topics[topic] : undefined;
  if (name === undefined) return skip('ignored_topic', 'topics');
  const session = asObject(asObject(payload.data).object);
  if (session.object !== 'checkout.session' || asText(session.id) === undefined)
    return skip('unexpected_body');
  if (settings.testOrders === 'skip' && isTest(payload, session)) return skip('test_order', 'livemode');
  const money = moneyOf(session, settings);
  if (settings.zeroValue === 'skip' && money?.amount === 0) return skip('zero_value');
  const eventName = nameFor(session, name, settings);
  if (eventName === undefined) return skip('unpaid', 'payment_status');
  const unreadable =
    skipUnreadableTime(payload, ['created'], nowMs) ?? skipUnreadableTime(session, ['created'], nowMs);
  if (unreadable !== undefined) return unreadable;
  const times = { placedAt: asUnixSeconds(session.created), paidAt: asUnixSeconds(payload.created) };
  const age = judgeAge(times, settings.latePayment, nowMs);
  return age.kind === 'skipped' ? age : compose(input, session, { name: eventName, age, money });
}

/** At Stripe, both flags agree. When only one is present, it decides. */
const isTest = (event: Payload, session: Payload): boolean =>
  event.livemode !== true && session.livemode !== true && (event.livemode ?? session.livemode) === false;

/** A session is completed before a slow payment arrives: until then the order is placed, not paid. */
function nameFor(session: Payload, name: string, settings: StripeSettings): string | undefined {
  if (asText(session.status) === 'expired' || asText(session.status) === 'open') return undefined;
  // Saving a card for later is not a sale, not even a free one.
  if (session.mode === 'setup') return undefined;
  if (session.payment_status === 'paid') return name;
  // Free sessions get here only when the settings allow zero values.
  if (session.payment_status === 'no_payment_required')
    return settings.zeroValue === 'send' ? name : undefined;
  return settings.unpaidEvent === 'none' ? undefined : settings.unpaidEvent;
}

/** Where Stripe deviates from ISO 4217 (docs.stripe.com/currencies, "special cases"). */
const decimals = { ISK: 2, UGX: 2, MGA: 0, IQD: 3, LYD: 3 };

/**
 * With adaptive pricing, the buyer sees another currency than the session settles in: `presentment_details`, or before API
 * version 2025-03-31 the session's own, beside the settled one in `currency_conversion`. When TikTok does not take the
 * currency of the setting, the other one counts.
 */
function moneyOf(session: Payload, { money }: StripeSettings): Money | undefined {
  const details = asObject(session.presentment_details);
  const conversion = asObject(session.currency_conversion);
  const own = fromMinorUnits(session.amount_total, session.currency, decimals);
  const source = fromMinorUnits(conversion.amount_total, conversion.source_currency, decimals);
  const seen =
    fromMinorUnits(details.presentment_amount, details.presentment_currency, decimals) ?? (source && own);
  const settled = source ?? own;
  return money === 'presentment' ? firstMoney(seen, settled) : firstMoney(settled, seen);
}

interface Sale {
  readonly name: string;
  readonly age: Fresh;
  readonly money: Money | undefined;
}

function compose(input: MapInput<StripeSettings>, session: Payload, sale: Sale): WebhookOutcome {
  const { settings } = input;
  const attributes = metadata(session.metadata);
  const customer = asObject(session.customer_details);
  const collected = asObject(session.collected_information);
  const address = asObject(customer.address);
  const pageNames = ['page_url', 'url', 'landing_page', 'landing_site'];
  const page = attribute(attributes, pageNames);
  return finishEvent(
    {
      fields: {
        event_name: sale.name,
        event_id: eventIdOf(session, settings, attributes),
        event_time: sale.age.happenedAt,
        external_id:
          asId(session.customer) ??
          asId(asObject(session.customer).id) ??
          attribute(attributes, ['external_id', 'user_id']),
        ...describePerson([
          {
            ...splitName(firstText(customer.individual_name, collected.individual_name, customer.name)),
            city: address.city,
            state: address.state,
            zip: address.postal_code,
            country: address.country,
          },
        ]),
        ...findClickIds(attributes, attributeValues(attributes, pageNames)),
        locale: localeOf(session),
        ip: visitorIp(...attributeValues(attributes, ['ip', 'client_ip', 'ip_address'])),
        user_agent: attribute(attributes, ['user_agent', 'ua', 'client_user_agent']),
        order_id: attribute(attributes, ['order_id']) ?? asText(session.id),
        page_url: pageUrl(page, undefined),
        page_referrer: referrerUrl(attribute(attributes, ['page_referrer', 'referrer', 'referring_site'])),
      },
      email: pickEmail([customer.email, session.customer_email]),
      phone: pickPhone([[customer.phone, address.country]], input.country),
      money: sale.money,
      attributes,
      consent: input.consent,
      notAfterMs: sale.age.notAfterMs,
    },
    settings,
  );
}

/** Stripe writes `auto` for "the browser's", which it does not say. */
function localeOf(session: Payload): string | undefined {
  const locale = asText(session.locale);
  return locale?.toLowerCase() === 'auto' ? undefined : locale;
}

function eventIdOf(session: Payload, settings: StripeSettings, attributes: Attributes) {
  const parts = {
    session_id: asText(session.id),
    client_reference_id: asId(session.client_reference_id),
    payment_intent: asId(session.payment_intent) ?? asId(asObject(session.payment_intent).id),
  };
  return fillTemplate(settings.eventId, parts, attributes) ?? parts.session_id;
}
