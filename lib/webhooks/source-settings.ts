/**
 * The settings of a source: which platform sends, to which destination its events go, and the choices that only the
 * shop can make. Every default is documented in docs/sources/.
 */
import * as z from 'zod/mini';
import { destinationName } from '../events/destination.ts';
import { authSchema, standardWebhooksShape } from './custom/auth.ts';
import { usesOnly } from './rules/event-id-template.ts';

const shortText = z.string().check(z.minLength(1), z.maxLength(100));
const texts = z.array(shortText).check(z.maxLength(100));
/** Topic → event name. A topic that is not listed is answered with 200 and ignored. */
const topics = z.record(shortText, shortText);
const idTemplate = (names: readonly string[]) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(256),
    // Without a placeholder every conversion would bear the same id.
    z.regex(/^[^{}]*(?:\{[^{}]+\}[^{}]*)+$/),
    z.refine(usesOnly(names), { message: `may use ${names.join(', ')} and attribute.<name> in braces` }),
  );
const sendOrSkip = z._default(z.enum(['skip', 'send']), 'skip');
const domain = z.string().check(z.regex(/^[a-z0-9.-]{1,253}$/));

const common = {
  destination: z._default(destinationName, 'default'),
  /** Verifies, maps and logs what would be sent, and sends nothing. */
  dryRun: z._default(z.boolean(), false),
  /** `always` sends; `require` sends only what is marked as granted; `limit` sets limited_data_use on a refusal. */
  consent: z._default(z.enum(['always', 'require', 'limit']), 'always'),
  /** Names of the cart attribute, order meta or metadata entry that holds the visitor's choice. */
  consentKeys: z._default(texts.check(z.minLength(1)), ['tiktok_consent', '_tiktok_consent']),
  /** Event field → JMESPath expression; on a built-in platform these fields are laid over the built-in mapping. */
  mapping: z.optional(z.record(z.string(), z.unknown())),
};

const shopify = z.strictObject({
  platform: z.literal('shopify'),
  ...common,
  /** The id column of your TikTok catalogue; `product_id` sets content_type to product_group. */
  contentId: z.enum(['variant_id', 'product_id', 'sku', 'sku_or_variant_id']),
  /** `paid`: orders/paid is the Purchase. `placed`: orders/create is, paid or not. */
  purchaseMoment: z._default(z.enum(['paid', 'placed']), 'paid'),
  topics: z.optional(topics),
  /** Allowed shop domains, such as `example.myshopify.com`; none allows every shop that holds the secret. */
  shops: z._default(z.array(domain).check(z.maxLength(100)), []),
  money: z._default(z.enum(['shop', 'presentment']), 'shop'),
  /** Allowed values of an order's source_name; `*` allows all. */
  sourceNames: z._default(texts, ['web']),
  eventId: z._default(
    idTemplate(['checkout_token', 'cart_token', 'order_id', 'order_name', 'order_number', 'customer_id']),
    '{checkout_token|order_id|customer_id}',
  ),
  testOrders: sendOrSkip,
  zeroValue: sendOrSkip,
});

const woocommerce = z.strictObject({
  platform: z.literal('woocommerce'),
  ...common,
  contentId: z.enum(['product_id', 'variation_id', 'sku', 'sku_or_product_id', 'sku_or_variation_id']),
  /** `paid`: a payment date is set. `processing`: status processing or completed. `placed`: the order exists. */
  purchaseMoment: z._default(z.enum(['paid', 'processing', 'placed']), 'paid'),
  topics: z.optional(topics),
  /** Allowed hosts of the shop (X-WC-Webhook-Source). */
  shops: z._default(z.array(domain).check(z.maxLength(100)), []),
  /** Allowed values of an order's created_via; `*` allows all. */
  createdVia: z._default(texts, ['checkout', 'store-api']),
  eventId: z._default(
    idTemplate(['order_id', 'order_number', 'order_key', 'customer_id']),
    '{order_id|customer_id}',
  ),
  zeroValue: sendOrSkip,
});

const stripe = z.strictObject({
  platform: z.literal('stripe'),
  ...common,
  topics: z.optional(topics),
  /** Event name of a completed session whose payment is still on its way; `none` sends nothing. */
  unpaidEvent: z._default(shortText, 'PlaceAnOrder'),
  money: z._default(z.enum(['shop', 'presentment']), 'shop'),
  eventId: z._default(
    idTemplate(['session_id', 'client_reference_id', 'payment_intent']),
    '{attribute.event_id|client_reference_id|session_id}',
  ),
  testOrders: sendOrSkip,
  zeroValue: sendOrSkip,
  toleranceSeconds: standardWebhooksShape.toleranceSeconds,
});

const standard = z.strictObject({ platform: z.literal('standard'), ...common, ...standardWebhooksShape });

const custom = z.strictObject({
  platform: z.literal('custom'),
  ...common,
  mapping: z.record(z.string(), z.unknown()),
  auth: authSchema,
});

export const sourceSchema = z.discriminatedUnion('platform', [
  shopify,
  woocommerce,
  stripe,
  standard,
  custom,
]);
/** Source names are part of the webhook's address and of log lines. */
export const sourcesSchema = z.record(destinationName, sourceSchema);

export type SourceSettings = z.infer<typeof sourceSchema>;
export type Sources = Readonly<Record<string, SourceSettings>>;
export type Platform = SourceSettings['platform'];
export type SettingsOf<P extends Platform> = Extract<SourceSettings, { platform: P }>;
