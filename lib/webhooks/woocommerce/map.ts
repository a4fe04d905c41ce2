/** Maps WooCommerce's orders and customers to events. The 47 h rule makes deliveries that repeat for weeks harmless. */
import { type Attributes, attribute, metaData } from '../../payload/attributes.ts';
import { findClickIds } from '../../payload/click-ids.ts';
import { pageUrl, referrerUrl } from '../../payload/page-url.ts';
import { describePerson, pickEmail } from '../../payload/person.ts';
import { asUnixSeconds } from '../../payload/time.ts';
import { asId, asObject, asText } from '../../payload/values.ts';
import { visitorIp } from '../../payload/visitor.ts';
import { finishEvent } from '../compose-event.ts';
import type { MapInput } from '../platform.ts';
import { fillTemplate } from '../rules/event-id-template.ts';
import { type Fresh, judgeAge, notInFuture, skipUnreadableTime } from '../rules/freshness.ts';
import { headerValue } from '../webhook-headers.ts';
import { skip, type WebhookOutcome } from '../webhook-outcome.ts';
import { wooAddresses, wooContents, wooMoney, wooPhone } from './fields.ts';
import { fitsWooTopic, purchasedAt, skipWooCustomer, skipWooOrder } from './filters.ts';
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
  if (!fitsWooTopic(payload, topic)) return skip('unexpected_body');
  const isOrder = topic.startsWith('order.');
  const skipped = isOrder ? skipWooOrder(payload, settings) : skipWooCustomer(payload);
  if (skipped !== undefined) return skipped;
  const isPurchase = isPurchaseTopic(settings, topic);
  const needsPayment = isPurchase && settings.purchaseMoment !== 'placed';
  const timeFields = ['date_created_gmt', ...(needsPayment ? ['date_paid_gmt'] : [])];
  const unreadable = skipUnreadableTime(payload, timeFields, nowMs);
  if (unreadable !== undefined) return unreadable;
  const placedAt = asUnixSeconds(payload.date_created_gmt);
  const happenedAt = isPurchase ? purchasedAt(payload, settings.purchaseMoment) : placedAt;
  if (happenedAt === undefined) return needsPayment ? skip('unpaid', 'purchaseMoment') : skip('no_time');
  const age = judgeAge({ placedAt, paidAt: happenedAt }, settings.latePayment, nowMs);
  return age.kind === 'skipped' ? age : compose(input, name, happenedAt, age);
}

function compose(
  input: MapInput<WooSettings>,
  name: string,
  happenedAt: number,
  { notAfterMs }: Fresh,
): WebhookOutcome {
  const { settings, topic, payload, headers, nowMs } = input;
  const isOrder = topic.startsWith('order.');
  const attributes = metaData(payload.meta_data);
  const landing = attribute(attributes, [sessionEntry]);
  const money = isOrder ? wooMoney(payload) : undefined;
  const contents = isOrder ? wooContents(payload, settings.contentId, money?.currency) : undefined;
  return finishEvent(
    {
      fields: {
        event_name: name,
        event_id: eventIdOf(input, attributes),
        event_time: notInFuture(happenedAt, nowMs),
        external_id: asId(isOrder ? payload.customer_id : payload.id),
        ...describePerson(wooAddresses(payload)),
        ...findClickIds(attributes, [landing]),
        ...(isOrder && {
          ip: visitorIp(payload.customer_ip_address),
          user_agent: asText(payload.customer_user_agent) ?? attribute(attributes, [sessionBrowser]),
          page_referrer: referrerUrl(attribute(attributes, [sessionReferrer])),
          locale: attribute(attributes, [orderLanguage]),
        }),
        contents,
        content_type: contents && (settings.contentId === 'product_id' ? 'product_group' : 'product'),
        order_id: isOrder ? asId(payload.id) : undefined,
        page_url: isOrder ? pageUrl(landing, headerValue(headers, 'x-wc-webhook-source')) : undefined,
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

function eventIdOf({ settings, topic, payload }: MapInput<WooSettings>, attributes: Attributes) {
  const isOrder = topic.startsWith('order.');
  const id = asId(payload.id);
  const parts = {
    order_id: isOrder ? id : undefined,
    order_number: isOrder ? asText(payload.number) : undefined,
    order_key: isOrder ? asText(payload.order_key) : undefined,
    customer_id: isOrder ? undefined : id,
  };
  return fillTemplate(settings.eventId, parts, attributes) ?? id;
}
