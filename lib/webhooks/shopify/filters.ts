/** Decides which Shopify orders, checkouts and customers are a shopper's own conversion. All others get a skip code. */
import { asAmount, asText, firstText, type Payload } from '../../payload/values.ts';
import { type SkippedWebhook, skip } from '../webhook-outcome.ts';
import { skipSource } from './channels.ts';
import type { ShopifySettings } from './settings.ts';

const paidStatuses: ReadonlySet<string> = new Set(['paid', 'partially_refunded']);

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

/** Shopify updates a checkout once more when its order is there. */
export function skipCheckout(checkout: Payload, settings: ShopifySettings): SkippedWebhook | undefined {
  if (asText(checkout.completed_at) !== undefined) return skip('completed', 'completed_at');
  return skipSource(checkout, settings) ?? skipFree(checkout, settings);
}

const skipFree = (order: Payload, settings: ShopifySettings): SkippedWebhook | undefined =>
  settings.zeroValue === 'skip' && asAmount(order.total_price) === 0 ? skip('zero_value') : undefined;

/**
 * Shopify also sends customers/create for guests, imports and accounts made by staff. Only an account that is enabled
 * counts as a sign-up, and of somebody who has ordered only when the body does not say so: API versions since 2025-01
 * leave out `orders_count` and `last_order_id`.
 */
export function skipCustomer(customer: Payload): SkippedWebhook | undefined {
  if (asText(customer.state)?.toLowerCase() !== 'enabled') return skip('not_registered', 'state');
  if ((asAmount(customer.orders_count) ?? 0) > 0) return skip('not_registered', 'orders_count');
  return firstText(customer.last_order_id) === undefined
    ? undefined
    : skip('not_registered', 'last_order_id');
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
