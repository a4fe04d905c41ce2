/** The choices that only a BigCommerce store can make, and which of its scopes become which event. */
import * as z from 'zod/mini';
import { lazily } from '../../schema/lazy/lazily.ts';
import { commonShape, idTemplate, sendOrSkip, shortText, texts, topics } from '../common-settings.ts';
import { everyChannel } from '../rules/channel.ts';
import { standardWebhooksShape } from '../signatures/standard-webhooks.ts';

export const bigcommerceSettings = lazily(() =>
  z.strictObject({
    platform: z.literal('bigcommerce'),
    ...commonShape(),
    /** The store's part of the API path, `https://api.bigcommerce.com/stores/<storeHash>/v3/`. */
    storeHash: z.string().check(z.regex(/^[a-z0-9]{3,30}$/, 'expected the store hash alone, such as abc123')),
    /** The id column of your TikTok catalog; `product_id` sets content_type to product_group. */
    contentId: z.enum(['product_id', 'variant_id', 'sku', 'sku_or_product_id', 'sku_or_variant_id']),
    /** `paid`: the status says that the payment is confirmed. `placed`: the shopper completed the checkout. */
    purchaseMoment: z._default(z.enum(['paid', 'placed']), 'paid'),
    topics: z.optional(topics()),
    /** Event name of an order that is placed and not paid yet; `none` sends nothing. */
    unpaidEvent: z._default(shortText(), 'PlaceAnOrder'),
    /** Allowed values of an order's order_source; `*` allows all but `manual`, which staff enter, and `pos`. */
    orderSources: z._default(texts(), [everyChannel]),
    /** Allowed channel ids; an empty list allows every channel of the store. */
    channels: z._default(z.array(z.int().check(z.gte(1))).check(z.maxLength(100)), []),
    /** `shop`: the currency that the shopper pays in. `presentment`: the one that the storefront showed. */
    money: z._default(z.enum(['shop', 'presentment']), 'shop'),
    eventId: z._default(idTemplate(['order_id', 'cart_id', 'customer_id']), '{order_id|cart_id|customer_id}'),
    testOrders: sendOrSkip(),
    zeroValue: sendOrSkip(),
    latePayment: sendOrSkip(),
    toleranceSeconds: standardWebhooksShape().toleranceSeconds,
  }),
);

export type BigcommerceSettings = z.infer<ReturnType<typeof bigcommerceSettings>>;

export const statusUpdated = 'store/order/statusUpdated';
export const orderCreated = 'store/order/created';
const customerCreated = 'store/customer/created';

const defaultTopics: Readonly<Record<string, string>> = {
  [statusUpdated]: 'Purchase',
  /** Comes with the status Incomplete, when the shopper reaches the payment page. */
  [orderCreated]: 'InitiateCheckout',
  [customerCreated]: 'CompleteRegistration',
};

/** Event names by topic: those of the settings, else the defaults. */
export const bigcommerceTopics = (settings: BigcommerceSettings): Readonly<Record<string, string>> =>
  settings.topics ?? defaultTopics;

/** @returns undefined for a topic that is not listed, and for one whose id is not that of an order or a customer */
export function eventNameOf(topic: string, settings: BigcommerceSettings): string | undefined {
  const topics = bigcommerceTopics(settings);
  const isKnown = orderTopic.test(topic) || isCustomerTopic(topic);
  return isKnown && Object.hasOwn(topics, topic) ? topics[topic] : undefined;
}

const orderTopic = /^store\/(?:order\/.+|cart\/converted)$/;

/** Not `store/customer/address/created`, whose id is that of an address. */
export const isCustomerTopic = (topic: string): boolean =>
  /^store\/customer\/(?:created|updated)$/.test(topic);
