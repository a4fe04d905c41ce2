/** The settings of a WooCommerce source, and the event name of each topic. */
import * as z from 'zod/mini';
import { lazily } from '../../schema/lazy/lazily.ts';
import { commonShape, idTemplate, sendOrSkip, shops, texts, topics } from '../common-settings.ts';
import { everyChannel } from '../rules/channel.ts';

export const wooSettings = lazily(() =>
  z.strictObject({
    platform: z.literal('woocommerce'),
    ...commonShape(),
    contentId: z.enum(['product_id', 'variation_id', 'sku', 'sku_or_product_id', 'sku_or_variation_id']),
    /** `paid`: a payment date is set. `processing`: status processing or completed. `placed`: the order exists. */
    purchaseMoment: z._default(z.enum(['paid', 'processing', 'placed']), 'paid'),
    topics: z.optional(topics()),
    /** Allowed hosts of the shop (X-WC-Webhook-Source). */
    shops: shops(),
    /** Allowed values of an order's created_via; `*` allows all but staff, point of sale and renewals. */
    createdVia: z._default(texts(), [everyChannel]),
    eventId: z._default(
      idTemplate(['order_id', 'order_number', 'order_key', 'subscription_id', 'customer_id']),
      '{order_id|subscription_id|customer_id}',
    ),
    zeroValue: sendOrSkip(),
    latePayment: sendOrSkip(),
  }),
);

export type WooSettings = z.infer<ReturnType<typeof wooSettings>>;

/** A subscription is made before it is paid, so either topic can be the first that shows it as active. */
const early = {
  'customer.created': 'CompleteRegistration',
  'subscription.created': 'Subscribe',
  'subscription.updated': 'Subscribe',
} as const;
const whenPaid = { 'order.updated': 'Purchase', 'order.created': 'PlaceAnOrder', ...early };
/** Either topic can be the first to show an order after its draft. The second has the same id, so TikTok drops it. */
const whenPlaced = { 'order.created': 'Purchase', 'order.updated': 'Purchase', ...early };

/** Event names by topic: those of the settings, or the defaults of the purchase moment. */
export const wooTopics = (settings: WooSettings): Readonly<Record<string, string>> =>
  settings.topics ?? (settings.purchaseMoment === 'placed' ? whenPlaced : whenPaid);

/** order.created says that an order was placed; the purchase moment decides about order.updated. */
export const isPurchaseTopic = (settings: WooSettings, topic: string): boolean =>
  topic === 'order.updated' || (topic === 'order.created' && settings.purchaseMoment === 'placed');
