/** Decides which Shopify orders and checkouts are a shopper's own conversion. All others get a skip code. */
import { asAmount, asText, firstText, type Payload } from '../../payload/values.ts';
import { type ChannelReason, skipChannel } from '../rules/channel.ts';
import { type SkippedWebhook, skip } from '../webhook-outcome.ts';
import type { ShopifySettings } from './settings.ts';

/** Shopify's own apps, for orders that do not name their source. */
const onlineStoreApp = '580111';
const draftOrdersApp = '1354745';

const paidStatuses: ReadonlySet<string> = new Set(['paid', 'partially_refunded']);
/** Tags of subscription apps for orders that no shopper placed. */
const renewalTags: ReadonlySet<string> = new Set([
  'subscription recurring order',
  'appstle_subscription_recurring_order',
]);

/** The channel of an order: `web`, `pos`, `shopify_draft_order`, an app's number … */
export function sourceOf(order: Payload): string | undefined {
  const app = asText(order.app_id);
  if (app === draftOrdersApp) return 'shopify_draft_order';
  return asText(order.source_name) ?? (app === onlineStoreApp ? 'web' : undefined);
}

/** Staff make these: the address and browser in them are the merchant's. */
export const isMadeByStaff = (order: Payload): boolean =>
  ['shopify_draft_order', 'pos'].includes(sourceOf(order) ?? '');

/** @param topic decides whether the order must be paid */
export function skipOrder(
  order: Payload,
  topic: string,
  settings: ShopifySettings,
): SkippedWebhook | undefined {
  if (order.test === true && settings.testOrders === 'skip') return skip('test_order');
  if (asText(order.cancelled_at) !== undefined) return skip('cancelled');
  const status = asText(order.financial_status)?.toLowerCase();
  if (status === 'voided') return skip('cancelled');
  if (status === 'refunded') return skip('refunded');
  const skipped = skipSource(order, settings) ?? skipFree(order, settings);
  if (skipped !== undefined) return skipped;
  // The topic header is not signed, so the body must confirm it.
  if (topic === 'orders/paid' && !paidStatuses.has(status ?? '')) return skip('unpaid');
  return undefined;
}

/** Orders and checkouts of other channels are not conversions of the web shop. */
export function skipSource(order: Payload, settings: ShopifySettings): SkippedWebhook | undefined {
  const tags = (asText(order.tags) ?? '').split(',').map((tag) => tag.trim().toLowerCase());
  if (tags.some((tag) => renewalTags.has(tag))) return skip('renewal');
  return skipChannel(sourceOf(order), { setting: 'sourceNames', allowed: settings.sourceNames, reasonOf });
}

function reasonOf(source: string): ChannelReason | undefined {
  if (source === 'shopify_draft_order') return 'draft_order';
  if (source === 'pos') return 'pos_order';
  return source.startsWith('subscription') ? 'renewal' : undefined;
}

export const skipFree = (order: Payload, settings: ShopifySettings): SkippedWebhook | undefined =>
  settings.zeroValue === 'skip' && asAmount(order.total_price) === 0 ? skip('zero_value') : undefined;

/**
 * Shopify also sends customers/create for guests, imports and accounts made by staff. Only an account with a password
 * and without orders counts as a sign-up.
 */
export function skipCustomer(customer: Payload): SkippedWebhook | undefined {
  const hasOrdered =
    (asAmount(customer.orders_count) ?? 0) > 0 || firstText(customer.last_order_id) !== undefined;
  return customer.state === 'enabled' && !hasOrdered ? undefined : skip('not_registered');
}

/** Fields of other resources that share `id` and `line_items` with orders. */
const foreignToOrders = ['abandoned_checkout_url', 'invoice_url', 'order_id'];
const kinds: Readonly<Record<string, string>> = { orders: '/Order/', customers: '/Customer/' };

/** The topic header is not signed. @returns whether the signed body is of the kind that the topic names */
export function fitsTopic(payload: Payload, topic: string): boolean {
  const subject = topic.split('/', 1)[0] ?? '';
  const globalId = asText(payload.admin_graphql_api_id);
  const kind = kinds[subject];
  if (globalId !== undefined && kind !== undefined && !globalId.includes(kind)) return false;
  const hasLines = Array.isArray(payload.line_items);
  if (subject === 'customers') return asText(payload.id) !== undefined && !hasLines;
  if (subject === 'checkouts')
    return hasLines && asText(payload.token) !== undefined && !('financial_status' in payload);
  const hasCurrency = asText(payload.currency) !== undefined;
  return hasLines && hasCurrency && !foreignToOrders.some((field) => field in payload);
}
