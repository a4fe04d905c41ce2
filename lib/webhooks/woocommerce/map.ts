/** Maps WooCommerce's orders, subscriptions and customers to events. The 47 h rule makes deliveries that repeat for weeks harmless. */
import { type Attributes, attribute, metaData } from '../../payload/attributes.ts';
import { findClickIds } from '../../payload/click-ids.ts';
import { pageUrl, referrerUrl } from '../../payload/page-url.ts';
import { describePerson, pickEmail } from '../../payload/person.ts';
import { asUnixSeconds } from '../../payload/time.ts';
import { asId, asObject, asText, type Payload } from '../../payload/values.ts';
import { visitorIp } from '../../payload/visitor.ts';
import { finishEvent } from '../compose-event.ts';
import type { MapInput } from '../platform.ts';
import { fillTemplate } from '../rules/event-id-template.ts';
import { type Fresh, judgeAge, notInFuture, skipUnreadableTime } from '../rules/freshness.ts';
import { headerValue } from '../webhook-headers.ts';
import { skip, type WebhookOutcome } from '../webhook-outcome.ts';
import { isMadeByStaff } from './channel.ts';
import { wooAddresses, wooContents, wooMoney, wooPhone } from './fields.ts';
import {
  purchasedAt,
  skipWooCustomer,
  skipWooOrder,
  skipWooSubscription,
  type WooResource,
  wooResource,
} from './filters.ts';
import { isPurchaseTopic, type WooSettings, wooTopics } from './settings.ts';

/** WooCommerce's own order attribution: the visitor's first page and browser. */
const sessionEntry = '_wc_order_attribution_session_entry';
const sessionBrowser = '_wc_order_attribution_user_agent';
const sessionReferrer = '_wc_order_attribution_referrer';
/** Written by WPML, the most common plugin for shops in several languages. */
const orderLanguage = 'wpml_language';

export function mapWooCommerce(input: MapInput<WooSettings>): WebhookOutcome {
  const { settings, topic, payload, nowMs } = input;
  const topics = wooTopics(settings);
  const name = Object.hasOwn(topics, topic) ? topics[topic] : undefined;
  if (name === undefined) return skip('ignored_topic', 'topics');
  const resource = wooResource(payload, topic);
  if (resource === undefined) return skip('unexpected_body');
  const skipped = skipBy[resource](payload, settings);
  if (skipped !== undefined) return skipped;
  const isPurchase = isPurchaseTopic(settings, topic);
  const needsPayment = isPurchase && settings.purchaseMoment !== 'placed';
  const timeFields = [...startFields[resource], ...(needsPayment ? ['date_paid_gmt'] : [])];
  const unreadable = skipUnreadableTime(payload, timeFields, nowMs);
  if (unreadable !== undefined) return unreadable;
  const placedAt = placedAtOf(payload, resource);
  const happenedAt = isPurchase ? purchasedAt(payload, settings.purchaseMoment) : placedAt;
  if (happenedAt === undefined) return needsPayment ? skip('unpaid', 'purchaseMoment') : skip('no_time');
  const age = judgeAge({ placedAt, paidAt: happenedAt }, settings.latePayment, nowMs);
  return age.kind === 'skipped' ? age : compose(input, resource, name, happenedAt, age);
}

const startFields: Readonly<Record<WooResource, readonly string[]>> = {
  order: ['date_created_gmt'],
  subscription: ['date_created_gmt', 'start_date_gmt'],
  customer: ['date_created_gmt'],
};
const skipBy = { order: skipWooOrder, subscription: skipWooSubscription, customer: skipWooCustomer };

/**
 * Only the start of a subscription counts: its payment date is that of its latest renewal. An imported subscription
 * starts before it is created.
 */
function placedAtOf(payload: Payload, resource: WooResource): number | undefined {
  const starts = startFields[resource].map((field) => asUnixSeconds(payload[field]));
  const known = starts.filter((start) => start !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function compose(
  input: MapInput<WooSettings>,
  resource: WooResource,
  name: string,
  happenedAt: number,
  { notAfterMs }: Fresh,
): WebhookOutcome {
  const { settings, payload, nowMs } = input;
  const hasLines = resource !== 'customer';
  const attributes = metaData(payload.meta_data);
  const landing = attribute(attributes, [sessionEntry]);
  const money = hasLines ? wooMoney(payload) : undefined;
  const contents = hasLines ? wooContents(payload, settings.contentId, money?.currency) : undefined;
  return finishEvent(
    {
      fields: {
        event_name: name,
        event_id: eventIdOf(input, resource, attributes),
        event_time: notInFuture(happenedAt, nowMs),
        external_id: asId(hasLines ? payload.customer_id : payload.id),
        ...describePerson(wooAddresses(payload)),
        ...findClickIds(attributes, [landing]),
        ...(hasLines && visitorOf(input, attributes, landing)),
        contents,
        content_type: contents && (settings.contentId === 'product_id' ? 'product_group' : 'product'),
        order_id: orderIdOf(payload, resource),
      },
      email: pickEmail([asObject(payload.billing).email, payload.email]),
      phone: wooPhone(payload, input.country),
      money,
      attributes,
      consent: input.consent,
      notAfterMs,
    },
    settings,
  );
}

/** A subscription is found by its first order, which made it. */
const orderIdOf = (payload: Payload, resource: WooResource): string | undefined =>
  resource === 'customer' ? undefined : asId(resource === 'order' ? payload.id : payload.parent_id);

function visitorOf(
  { payload, headers }: MapInput<WooSettings>,
  attributes: Attributes,
  landing: string | undefined,
) {
  return {
    ...(!isMadeByStaff(payload) && {
      ip: visitorIp(payload.customer_ip_address),
      user_agent: asText(payload.customer_user_agent) ?? attribute(attributes, [sessionBrowser]),
    }),
    page_referrer: referrerUrl(attribute(attributes, [sessionReferrer])),
    locale: attribute(attributes, [orderLanguage]),
    page_url: pageUrl(landing, headerValue(headers, 'x-wc-webhook-source')),
  };
}

function eventIdOf(
  { settings, payload }: MapInput<WooSettings>,
  resource: WooResource,
  attributes: Attributes,
) {
  const id = asId(payload.id);
  const parts = {
    [`${resource}_id`]: id,
    order_number: asText(payload.number),
    order_key: asText(payload.order_key),
  };
  return fillTemplate(settings.eventId, parts, attributes) ?? id;
}
