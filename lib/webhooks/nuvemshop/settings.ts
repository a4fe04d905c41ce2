/** The choices that only a Nuvemshop or Tiendanube store can make, and which of its events become which event. */
import * as z from 'zod/mini';
import { lazily } from '../../schema/lazy/lazily.ts';
import { commonShape, idTemplate, sendOrSkip, texts, topics } from '../common-settings.ts';
import { everyChannel } from '../rules/channel.ts';

/** YAML reads an unquoted store id as a number. */
const digits = () =>
  z.pipe(
    z.transform((value: unknown) => (typeof value === 'number' ? String(value) : value)),
    z.string().check(z.regex(/^\d{1,20}$/, 'expected the number of the store in quotes')),
  );

export const nuvemshopSettings = lazily(() =>
  z.strictObject({
    platform: z.literal('nuvemshop'),
    ...commonShape(),
    /** The store's part of the API path: `user_id` in the answer that gave you the access token. */
    storeId: digits(),
    /** The version's part of the API path. Only the pages of `v1` document `landing_url`, which has the click id. */
    apiVersion: z._default(
      z.string().check(z.regex(/^(?:v1|20\d\d-\d\d)$/, 'expected v1 or a version such as 2025-03')),
      'v1',
    ),
    /** The id column of your TikTok catalog; `product_id` sets content_type to product_group. */
    contentId: z.enum(['variant_id', 'product_id', 'sku', 'sku_or_variant_id']),
    /** `paid`: order/paid is the Purchase. `placed`: order/created is, paid or not. */
    purchaseMoment: z._default(z.enum(['paid', 'placed']), 'paid'),
    topics: z.optional(topics()),
    /** Allowed values of an order's storefront; `*` allows all but drafts, point of sale and renewals. */
    storefronts: z._default(texts(), [everyChannel]),
    eventId: z._default(idTemplate(['order_id', 'order_number', 'customer_id']), '{order_id|customer_id}'),
    zeroValue: sendOrSkip(),
    latePayment: sendOrSkip(),
  }),
);

export type NuvemshopSettings = z.infer<ReturnType<typeof nuvemshopSettings>>;

/** A customer who activates the account after customer/created causes customer/updated; both give the same id. */
const early = {
  'customer/created': 'CompleteRegistration',
  'customer/updated': 'CompleteRegistration',
} as const;
const whenPaid = { 'order/paid': 'Purchase', 'order/created': 'PlaceAnOrder', ...early };
/** order/paid is left out: it can arrive days later, when TikTok would count the order again. */
const whenPlaced = { 'order/created': 'Purchase', ...early };

const orderTopic = /^order\/[a-z_]+$/;

export const isCustomerTopic = (topic: string): boolean => /^customer\/(?:created|updated)$/.test(topic);

/** Event names by topic: those of the settings, else the defaults of the purchase moment. */
export const nuvemshopTopics = (settings: NuvemshopSettings): Readonly<Record<string, string>> =>
  settings.topics ?? (settings.purchaseMoment === 'placed' ? whenPlaced : whenPaid);

/** @returns undefined for a topic that is not listed, and for one whose id is not that of an order or a customer */
export function eventNameOf(topic: string, settings: NuvemshopSettings): string | undefined {
  const names = nuvemshopTopics(settings);
  const isKnown = orderTopic.test(topic) || isCustomerTopic(topic);
  return isKnown && Object.hasOwn(names, topic) ? names[topic] : undefined;
}

/** order/created says that an order was placed; the purchase moment decides about every other topic. */
export const mustBePaid = (settings: NuvemshopSettings, topic: string): boolean =>
  settings.purchaseMoment === 'paid' && topic !== 'order/created';
