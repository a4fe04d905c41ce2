/** Maps Shopify's orders, checkouts and customers to events (facts: shopify.dev/docs/api/webhooks, version 2026-07). */
import { type Attributes, noteAttributes } from '../../payload/attributes.ts';
import { findClickIds } from '../../payload/click-ids.ts';
import { referrerUrl } from '../../payload/page-url.ts';
import { describePerson } from '../../payload/person.ts';
import { asUnixSeconds } from '../../payload/time.ts';
import { asObject, asText, type Payload } from '../../payload/values.ts';
import { visitorIp, visitorLocale } from '../../payload/visitor.ts';
import { finishEvent } from '../compose-event.ts';
import type { MapInput } from '../platform.ts';
import { fillTemplate } from '../rules/event-id-template.ts';
import { type Fresh, judgeAge, type SaleTimes, skipUnreadableTime } from '../rules/freshness.ts';
import { headerValue, type WebhookHeaders } from '../webhook-headers.ts';
import { type SkippedWebhook, skip, type WebhookOutcome } from '../webhook-outcome.ts';
import { isMadeByStaff } from './channels.ts';
import {
  shopifyAddresses,
  shopifyContents,
  shopifyEmail,
  shopifyId,
  shopifyMoney,
  shopifyPage,
  shopifyPhone,
} from './fields.ts';
import { fitsTopic, skipCheckout, skipCustomer, skipOrder } from './filters.ts';
import { type ShopifySettings, shopifyTopics } from './settings.ts';

export function mapShopify(input: MapInput<ShopifySettings>): WebhookOutcome {
  const { settings, topic, payload, headers, nowMs } = input;
  const topics = shopifyTopics(settings);
  const name = Object.hasOwn(topics, topic) ? topics[topic] : undefined;
  if (name === undefined) return skip('ignored_topic', 'topics');
  if (isTest(headers) && settings.testOrders === 'skip') return skip('test_order');
  if (!fitsTopic(payload, topic)) return skip('unexpected_body');
  const skipped = skipUnwanted(input);
  if (skipped !== undefined) return skipped;
  const unreadable = skipUnreadableTime(payload, timeFieldsOf(topic), nowMs);
  if (unreadable !== undefined) return unreadable;
  const age = judgeAge(timesOf(payload, topic), settings.latePayment, nowMs);
  return age.kind === 'skipped' ? age : sayWhoIsMissing(compose(input, name, age), topic);
}

/** A checkout is there before the shopper says who it is, and has no address of the browser. */
function sayWhoIsMissing(outcome: WebhookOutcome, topic: string): WebhookOutcome {
  if (outcome.kind === 'skipped') return outcome;
  const anonymousBecause = topic.startsWith('checkouts/')
    ? 'the checkout has no email, phone, customer or click id yet'
    : 'the body has no contact data, click id, or address with browser';
  return { ...outcome, anonymousBecause };
}

function skipUnwanted({ payload, topic, settings }: MapInput<ShopifySettings>): SkippedWebhook | undefined {
  if (topic.startsWith('orders/')) return skipOrder(payload, topic, settings);
  if (topic.startsWith('checkouts/')) return skipCheckout(payload, settings);
  return skipCustomer(payload);
}

/** *Send test notification* of the admin page sends a made-up body. */
const isTest = (headers: WebhookHeaders): boolean =>
  (headerValue(headers, 'x-shopify-test') ?? headerValue(headers, 'shopify-test'))?.toLowerCase() === 'true';

export const shopifyDomain = (headers: WebhookHeaders): string | undefined =>
  headerValue(headers, 'x-shopify-shop-domain') ?? headerValue(headers, 'shopify-shop-domain');

/** An order is paid, or edited, when `updated_at` says; a new order, checkout or account is there when it was created. */
const isLaterStep = (topic: string): boolean => topic.startsWith('orders/') && topic !== 'orders/create';

/** The record of a customer can be years old when the shopper signs in for the first time. */
const isFirstSignIn = (topic: string): boolean => topic === 'customers/enable';

function timeFieldsOf(topic: string): string[] {
  if (isFirstSignIn(topic)) return ['updated_at'];
  return isLaterStep(topic) ? ['processed_at', 'created_at', 'updated_at'] : ['processed_at', 'created_at'];
}

/** `processed_at` is when the shopper placed the order; an imported order is created later. */
function timesOf(payload: Payload, topic: string): SaleTimes {
  const placedAt = asUnixSeconds(payload.processed_at) ?? asUnixSeconds(payload.created_at);
  const updatedAt = asUnixSeconds(payload.updated_at);
  if (isFirstSignIn(topic)) return { placedAt: updatedAt ?? placedAt };
  if (isLaterStep(topic)) return { placedAt, paidAt: updatedAt };
  // The last change of a checkout says nothing of when it was started.
  return { placedAt: topic === 'checkouts/update' ? placedAt : (placedAt ?? updatedAt) };
}

function compose(input: MapInput<ShopifySettings>, name: string, age: Fresh): WebhookOutcome {
  const { settings, topic, payload, headers } = input;
  const isCustomer = topic.startsWith('customers/');
  const customer = isCustomer ? payload : asObject(payload.customer);
  const attributes = noteAttributes(payload.note_attributes);
  const money = isCustomer ? undefined : shopifyMoney(payload, settings.money);
  const contents = isCustomer ? undefined : shopifyContents(payload, settings, money?.currency);
  return finishEvent(
    {
      fields: {
        event_name: name,
        event_id: eventIdOf(input, attributes),
        event_time: age.happenedAt,
        external_id: shopifyId(customer),
        ...describePerson(shopifyAddresses(payload, customer)),
        ...findClickIds(attributes, [asText(payload.landing_site)]),
        ...visitorOf(payload),
        contents,
        content_type: contents && (settings.contentId === 'product_id' ? 'product_group' : 'product'),
        order_id: topic.startsWith('orders/') ? shopifyId(payload) : undefined,
        page_url: isCustomer ? undefined : shopifyPage(payload, shopifyDomain(headers)),
        page_referrer: referrerUrl(payload.referring_site),
      },
      email: shopifyEmail(payload, customer),
      phone: shopifyPhone(payload, customer, input.country),
      money,
      attributes,
      consent: input.consent,
      notAfterMs: age.notAfterMs,
    },
    settings,
  );
}

function eventIdOf({ settings, topic, payload }: MapInput<ShopifySettings>, attributes: Attributes) {
  const isOrder = topic.startsWith('orders/');
  const isCheckout = topic.startsWith('checkouts/');
  const parts = {
    checkout_token: isCheckout ? asText(payload.token) : isOrder ? asText(payload.checkout_token) : undefined,
    // Newer cart tokens end with the cart's key as a query.
    cart_token: asText(payload.cart_token)?.split('?', 1)[0],
    order_id: isOrder ? shopifyId(payload) : undefined,
    order_name: isOrder ? asText(payload.name) : undefined,
    order_number: isOrder ? asText(payload.order_number) : undefined,
    customer_id: isOrder || isCheckout ? undefined : shopifyId(payload),
  };
  const own = parts.checkout_token ?? parts.order_id ?? parts.customer_id;
  return fillTemplate(settings.eventId, parts, attributes) ?? own;
}

/** In an order that staff made, address and browser are the merchant's: they would match the wrong person. */
function visitorOf(payload: Payload) {
  const locale = visitorLocale(payload.customer_locale, payload.locale);
  if (isMadeByStaff(payload)) return { locale };
  const client = asObject(payload.client_details);
  return {
    locale: locale ?? visitorLocale(client.accept_language),
    ip: visitorIp(payload.browser_ip, client.browser_ip),
    user_agent: asText(client.user_agent),
  };
}
