/** The settings of a Shopify source, and the event name of each topic. */
import * as z from 'zod/mini';
import { lazily } from '../../schema/lazy/lazily.ts';
import { commonShape, idTemplate, sendOrSkip, shops, texts, topics } from '../common-settings.ts';
import { everyChannel } from '../rules/channel.ts';

export const shopifySettings = lazily(() =>
  z.strictObject({
    platform: z.literal('shopify'),
    ...commonShape(),
    /** The id column of your TikTok catalog; `product_id` sets content_type to product_group. */
    contentId: z.enum(['variant_id', 'product_id', 'sku', 'sku_or_variant_id']),
    /** `paid`: orders/paid is the Purchase. `placed`: orders/create is, paid or not. */
    purchaseMoment: z._default(z.enum(['paid', 'placed']), 'paid'),
    topics: z.optional(topics()),
    /** Allowed shop domains, such as `example.myshopify.com`. */
    shops: shops(),
    money: z._default(z.enum(['shop', 'presentment']), 'shop'),
    /** Allowed values of an order's source_name, in any case; `*` allows all but point of sale, drafts and renewals. */
    sourceNames: z._default(texts(), [everyChannel]),
    eventId: z._default(
      idTemplate(['checkout_token', 'cart_token', 'order_id', 'order_name', 'order_number', 'customer_id']),
      '{checkout_token|order_id|customer_id}',
    ),
    testOrders: sendOrSkip(),
    zeroValue: sendOrSkip(),
    latePayment: sendOrSkip(),
  }),
);

export type ShopifySettings = z.infer<ReturnType<typeof shopifySettings>>;

const early = {
  'checkouts/create': 'InitiateCheckout',
  'checkouts/update': 'InitiateCheckout',
  'customers/create': 'CompleteRegistration',
  'customers/enable': 'CompleteRegistration',
} as const;
const whenPaid = { 'orders/paid': 'Purchase', 'orders/create': 'PlaceAnOrder', ...early };
/** orders/paid is left out: it can arrive days later, when TikTok would count the order again. */
const whenPlaced = { 'orders/create': 'Purchase', ...early };

/** Event names by topic: those of the settings, or the defaults of the purchase moment. */
export const shopifyTopics = (settings: ShopifySettings): Readonly<Record<string, string>> =>
  settings.topics ?? (settings.purchaseMoment === 'placed' ? whenPlaced : whenPaid);
