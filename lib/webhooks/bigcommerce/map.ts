/** Maps BigCommerce's orders and customers, as read.ts got them, to events (docs.bigcommerce.com: orders v2, customers v3). */
import { type Attributes, attribute, noteAttributes } from '../../payload/attributes.ts';
import { findClickIds } from '../../payload/click-ids.ts';
import { pageUrl, referrerUrl } from '../../payload/page-url.ts';
import { describePerson, pickEmail, pickPhone } from '../../payload/person.ts';
import { asUnixSeconds } from '../../payload/time.ts';
import { asId, asObject, asText, isPayload, type Payload } from '../../payload/values.ts';
import { visitorIp, visitorLocale } from '../../payload/visitor.ts';
import { finishEvent } from '../compose-event.ts';
import type { MapInput } from '../platform.ts';
import { fillTemplate } from '../rules/event-id-template.ts';
import { type Fresh, judgeAge, skipUnreadableTime } from '../rules/freshness.ts';
import { type SkippedWebhook, skip, type WebhookOutcome } from '../webhook-outcome.ts';
import { orderAddresses, orderContents, orderMoney } from './fields.ts';
import { isMadeByStaff, skipBigcommerceOrder, skipEnded } from './filters.ts';
import { mapCustomer } from './map-customer.ts';
import {
  type BigcommerceSettings,
  eventNameOf,
  isCustomerTopic,
  orderCreated,
  statusUpdated,
} from './settings.ts';
import { judgeStep, presentStep, reportedStep } from './status.ts';

type Input = MapInput<BigcommerceSettings>;

export function mapBigcommerce(input: Input): WebhookOutcome {
  const { settings, topic, payload } = input;
  const name = eventNameOf(topic, settings);
  if (name === undefined) return skip('ignored_topic', 'topics');
  const subject = isCustomerTopic(topic) ? payload.customer : payload.order;
  if (!isPayload(subject)) return skip('unexpected_body');
  return isCustomerTopic(topic) ? mapCustomer(input, subject, name) : mapOrder(input, subject, name);
}

function mapOrder(input: Input, order: Payload, name: string): WebhookOutcome {
  const { settings, topic, payload, nowMs } = input;
  const skipped = skipBigcommerceOrder(order, settings);
  if (skipped !== undefined) return skipped;
  const unreadable = skipUnreadableTime(order, ['date_created'], nowMs);
  if (unreadable !== undefined) return unreadable;
  const placedAt = asUnixSeconds(order.date_created);
  if (isCheckout(topic, order))
    return composeOrder(input, order, name, judgeAge({ placedAt }, settings.latePayment, nowMs));
  // An order that an app or the staff created may have its status from the start, and take no step.
  const purchaseName = topic === orderCreated ? eventNameOf(statusUpdated, settings) : name;
  if (purchaseName === undefined) return skip('ignored_topic', 'topics');
  const reported = reportedStep(payload);
  const verdict = skipEnded(order) ?? judgeStep(reported ?? presentStep(order), settings);
  if (typeof verdict === 'object') return verdict;
  // The order does not say when it was paid, and any edit renews date_modified: the time of a step is the webhook's.
  const unreadableStep = reported && skipUnreadableTime(payload, ['created_at'], nowMs);
  if (unreadableStep !== undefined) return unreadableStep;
  const steppedAt = reported && asUnixSeconds(payload.created_at);
  // An open order is one on the payment page: the shopper places it with this step, however late.
  const latePayment = reported?.from === 'open' ? 'send' : settings.latePayment;
  const age = judgeAge({ placedAt, paidAt: steppedAt }, latePayment, nowMs);
  return composeOrder(input, order, verdict === 'purchase' ? purchaseName : settings.unpaidEvent, age);
}

/** BigCommerce creates the order of a shopper who reaches the payment page. */
const isCheckout = (topic: string, order: Payload): boolean =>
  topic === orderCreated && !isMadeByStaff(order);

function composeOrder(
  input: Input,
  order: Payload,
  name: string,
  age: Fresh | SkippedWebhook,
): WebhookOutcome {
  if (age.kind === 'skipped') return age;
  const { settings, payload } = input;
  const billing = asObject(order.billing_address);
  const attributes = noteAttributes(billing.form_fields);
  const addresses = orderAddresses(order);
  const contents = orderContents(payload.products, order, settings);
  const page = attribute(attributes, ['page_url']);
  return finishEvent(
    {
      fields: {
        event_name: name,
        event_id: orderEventId(input, order, attributes),
        event_time: age.happenedAt,
        external_id: asId(order.customer_id),
        ...describePerson(addresses),
        ...findClickIds(attributes, [page]),
        ip: isMadeByStaff(order) ? undefined : visitorIp(order.ip_address, order.ip_address_v6),
        user_agent: attribute(attributes, ['user_agent']),
        locale: visitorLocale(order.customer_locale),
        contents,
        content_type: contents && (settings.contentId === 'product_id' ? 'product_group' : 'product'),
        order_id: asId(order.id),
        page_url: pageUrl(page, undefined),
        page_referrer: referrerUrl(attribute(attributes, ['page_referrer'])),
      },
      email: pickEmail([billing.email]),
      phone: pickPhone(
        addresses.map(({ phone, country }) => [phone, country]),
        input.country,
      ),
      money: orderMoney(order, settings),
      attributes,
      consent: input.consent,
      notAfterMs: age.notAfterMs,
    },
    settings,
  );
}

/** A shopper on the payment page has a cart, and the page knows its id; the order's number is seen after the purchase. */
function orderEventId({ settings, topic }: Input, order: Payload, attributes: Attributes) {
  const id = asId(order.id);
  const parts = { order_id: isCheckout(topic, order) ? undefined : id, cart_id: asText(order.cart_id) };
  return fillTemplate(settings.eventId, parts, attributes) ?? parts.order_id ?? parts.cart_id ?? id;
}
