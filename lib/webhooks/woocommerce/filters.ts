/** Decides which WooCommerce orders and customers are a shopper's own conversion. All others get a skip code. */
import { metaData } from '../../payload/attributes.ts';
import { asUnixSeconds } from '../../payload/time.ts';
import { asAmount, asText, type Payload } from '../../payload/values.ts';
import { type SkippedWebhook, type SkipReason, skip } from '../webhook-outcome.ts';
import type { WooSettings } from './settings.ts';

/** Statuses that are never a sale; block checkouts save drafts while a shopper types. */
const deadStatuses: Readonly<Record<string, SkipReason>> = {
  'checkout-draft': 'draft_order',
  'auto-draft': 'draft_order',
  draft: 'draft_order',
  trash: 'cancelled',
  failed: 'cancelled',
  cancelled: 'cancelled',
  refunded: 'refunded',
  pending: 'unpaid',
};

/** @returns a skip for an order that is not a sale, undefined for a sale */
export function skipWooOrder(order: Payload, settings: WooSettings): SkippedWebhook | undefined {
  const status = statusOf(order);
  const dead = Object.hasOwn(deadStatuses, status) ? deadStatuses[status] : undefined;
  if (dead !== undefined) return skip(dead, 'status');
  const channel = asText(order.created_via);
  if (channel === 'subscription' || metaData(order.meta_data).has('_subscription_renewal'))
    return skip('renewal');
  const isAllowed = channel !== undefined && settings.createdVia.includes(channel);
  if (!isAllowed && !settings.createdVia.includes('*')) return skip('channel_not_allowed', 'createdVia');
  if (settings.zeroValue === 'skip' && asAmount(order.total) === 0) return skip('zero_value');
  return undefined;
}

/** Some versions write the status with its prefix. */
const statusOf = (order: Payload): string => (asText(order.status) ?? '').toLowerCase().replace(/^wc-/, '');

/**
 * When the order became a purchase, as the shop defines it.
 * @returns Unix seconds; undefined while it is not a purchase
 */
export function purchasedAt(order: Payload, moment: WooSettings['purchaseMoment']): number | undefined {
  const created = asUnixSeconds(order.date_created_gmt);
  const paid = asUnixSeconds(order.date_paid_gmt);
  if (moment === 'placed') return created;
  if (moment === 'paid') return paid;
  if (!['processing', 'completed'].includes(statusOf(order))) return undefined;
  // Cash on delivery is processed at once and paid at the door, days later; the payment must not count again.
  return order.payment_method === 'cod' ? created : (paid ?? created);
}

/** Staff accounts are not sign-ups. An account that an administrator made for a customer looks like a sign-up. */
export function skipWooCustomer(customer: Payload): SkippedWebhook | undefined {
  const role = asText(customer.role) ?? 'customer';
  return role === 'customer' || role === 'subscriber' ? undefined : skip('not_registered', 'role');
}

/** A webhook whose user may not read orders delivers an error object instead. */
export function fitsWooTopic(payload: Payload, topic: string): boolean {
  const hasLines = Array.isArray(payload.line_items);
  if (asText(payload.id) === undefined) return false;
  return topic.startsWith('order.') ? hasLines : !hasLines && 'email' in payload;
}
