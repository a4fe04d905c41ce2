/** Maps Nuvemshop's orders and customers, as read.ts got them, to events (tiendanube.github.io/api-documentation). */
import { attribute, metadata } from '../../payload/attributes.ts';
import { findClickIds } from '../../payload/click-ids.ts';
import { pageUrl } from '../../payload/page-url.ts';
import { describePerson, pickEmail } from '../../payload/person.ts';
import { asUnixSeconds } from '../../payload/time.ts';
import { asId, asObject, asText, isPayload, type Payload } from '../../payload/values.ts';
import { visitorIp, visitorLocale } from '../../payload/visitor.ts';
import { finishEvent } from '../compose-event.ts';
import type { MapInput } from '../platform.ts';
import { fillTemplate } from '../rules/event-id-template.ts';
import { type Fresh, judgeAge, skipUnreadableTime } from '../rules/freshness.ts';
import { skip, type WebhookOutcome } from '../webhook-outcome.ts';
import {
  buyerPhone,
  customerAddresses,
  orderAddresses,
  orderContents,
  orderEmail,
  orderMoney,
} from './fields.ts';
import { hasOwnBrowser, skipNuvemshopCustomer, skipNuvemshopOrder } from './filters.ts';
import { eventNameOf, isCustomerTopic, mustBePaid, type NuvemshopSettings } from './settings.ts';

type Input = MapInput<NuvemshopSettings>;

export function mapNuvemshop(input: Input): WebhookOutcome {
  const { settings, topic, payload } = input;
  const name = eventNameOf(topic, settings);
  if (name === undefined) return skip('ignored_topic', 'topics');
  const subject = isCustomerTopic(topic) ? payload.customer : payload.order;
  if (!isPayload(subject)) return skip('unexpected_body');
  return isCustomerTopic(topic) ? mapCustomer(input, subject, name) : mapOrder(input, subject, name);
}

function mapOrder(input: Input, order: Payload, name: string): WebhookOutcome {
  const { settings, topic, nowMs } = input;
  const skipped = skipNuvemshopOrder(order, topic, settings);
  if (skipped !== undefined) return skipped;
  const isPaid = mustBePaid(settings, topic);
  const unreadable = skipUnreadableTime(order, ['created_at', ...(isPaid ? ['paid_at'] : [])], nowMs);
  if (unreadable !== undefined) return unreadable;
  const placedAt = asUnixSeconds(order.created_at);
  if (placedAt === undefined) return skip('no_time', 'created_at');
  const paidAt = isPaid ? asUnixSeconds(order.paid_at) : undefined;
  const age = judgeAge({ placedAt, paidAt }, settings.latePayment, nowMs);
  return age.kind === 'skipped' ? age : composeOrder(input, order, name, age);
}

function composeOrder(input: Input, order: Payload, name: string, age: Fresh): WebhookOutcome {
  const { settings, country, consent } = input;
  const customer = asObject(order.customer);
  const browser = hasOwnBrowser(order) ? asObject(order.client_details) : {};
  // A form of the storefront fills `extra` with its fields named `extra[…]`.
  const attributes = metadata(order.extra);
  const addresses = orderAddresses(order);
  const contents = orderContents(order, settings.contentId);
  const landing = asText(order.landing_url);
  const id = asId(order.id);
  const parts = { order_id: id, order_number: asId(order.number) };
  return finishEvent(
    {
      fields: {
        event_name: name,
        event_id: fillTemplate(settings.eventId, parts, attributes) ?? id,
        event_time: age.happenedAt,
        external_id: asId(customer.id),
        ...describePerson(addresses),
        ...findClickIds(attributes, [landing]),
        ip: visitorIp(browser.browser_ip),
        user_agent: asText(browser.user_agent),
        locale: visitorLocale(order.language),
        contents,
        content_type: contents && (settings.contentId === 'product_id' ? 'product_group' : 'product'),
        order_id: id,
        page_url: pageUrl(attribute(attributes, ['page_url']) ?? landing, undefined),
      },
      email: orderEmail(order),
      phone: buyerPhone([order.contact_phone, customer.phone], addresses, country),
      money: orderMoney(order),
      attributes,
      consent,
      notAfterMs: age.notAfterMs,
    },
    settings,
  );
}

function mapCustomer(input: Input, customer: Payload, name: string): WebhookOutcome {
  const { settings, nowMs, country, consent } = input;
  const skipped = skipNuvemshopCustomer(customer) ?? skipUnreadableTime(customer, ['created_at'], nowMs);
  if (skipped !== undefined) return skipped;
  const age = judgeAge({ placedAt: asUnixSeconds(customer.created_at) }, settings.latePayment, nowMs);
  if (age.kind === 'skipped') return age;
  const attributes = metadata(customer.extra);
  const addresses = customerAddresses(customer);
  const id = asId(customer.id);
  return finishEvent(
    {
      fields: {
        event_name: name,
        event_id: fillTemplate(settings.eventId, { customer_id: id }, attributes) ?? id,
        event_time: age.happenedAt,
        external_id: id,
        ...describePerson(addresses),
        ...findClickIds(attributes, []),
      },
      email: pickEmail([customer.email]),
      phone: buyerPhone([customer.phone], addresses, country),
      money: undefined,
      attributes,
      consent,
      notAfterMs: age.notAfterMs,
    },
    settings,
  );
}
