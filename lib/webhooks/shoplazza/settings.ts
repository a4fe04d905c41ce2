/** The choices that only a Shoplazza shop can make, and which of its topics become which event. */
import * as z from 'zod/mini';
import { lazily } from '../../schema/lazy/lazily.ts';
import { commonShape, idTemplate, sendOrSkip, shops, topics } from '../common-settings.ts';

export const shoplazzaSettings = lazily(() =>
  z.strictObject({
    platform: z.literal('shoplazza'),
    ...commonShape(),
    /** The id column of your TikTok catalog; `product_id` sets content_type to product_group. */
    contentId: z.enum(['variant_id', 'product_id', 'sku', 'sku_or_variant_id']),
    /** `paid`: the order is paid. `placed`: it is placed, paid or not, as with cash on delivery. */
    purchaseMoment: z._default(z.enum(['paid', 'placed']), 'paid'),
    topics: z.optional(topics()),
    /** Allowed shop domains, such as `example.myshoplaza.com`. */
    shops: shops(),
    eventId: z._default(idTemplate(['order_id', 'order_number']), '{order_id}'),
    testOrders: sendOrSkip(),
    zeroValue: sendOrSkip(),
    latePayment: sendOrSkip(),
  }),
);

export type ShoplazzaSettings = z.infer<ReturnType<typeof shoplazzaSettings>>;

const whenPaid = { 'orders/paid': 'Purchase', 'orders/create': 'PlaceAnOrder' } as const;
/** Any of them may be the first that shows the order as placed. The others have the same id, and TikTok merges them. */
const whenPlaced = {
  'orders/create': 'Purchase',
  'orders/update': 'Purchase',
  'orders/paid': 'Purchase',
} as const;

/** Event names by topic: those of the settings, else the defaults of the purchase moment. */
export const shoplazzaTopics = (settings: ShoplazzaSettings): Readonly<Record<string, string>> =>
  settings.topics ?? (settings.purchaseMoment === 'placed' ? whenPlaced : whenPaid);

/** orders/create says that an order was placed; the purchase moment decides about every other topic. */
export const mustBePaid = (settings: ShoplazzaSettings, topic: string): boolean =>
  settings.purchaseMoment === 'paid' && topic !== 'orders/create';
