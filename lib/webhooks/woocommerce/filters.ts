/** Decides which WooCommerce orders, subscriptions and customers are a shopper's own conversion. All others get a skip code. */
import { asUnixSeconds } from '../../payload/time.ts';
import { asAmount, asText, type Payload } from '../../payload/values.ts';
import { type SkippedWebhook, type SkipReason, skip } from '../webhook-outcome.ts';
import { skipWooChannel } from './channel.ts';
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
  const isFree = settings.zeroValue === 'skip' && asAmount(order.total) === 0;
  return skipWooChannel(order, settings) ?? (isFree ? skip('zero_value') : undefined);
}

/**
 * A subscription of the plugin WooCommerce Subscriptions counts once it is active. It waits on hold for the payment
 * of its first order.
 */
export function skipWooSubscription(
  subscription: Payload,
  settings: WooSettings,
): SkippedWebhook | undefined {
  const skipped = skipWooOrder(subscription, settings);
  const status = statusOf(subscription);
  if (skipped !== undefined || status === 'active') return skipped;
  if (status !== 'on-hold') return skip('cancelled', 'status');
  return settings.purchaseMoment === 'placed' ? undefined : skip('unpaid', 'status');
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

/** The resources of the topics that become events. */
export type WooResource = 'order' | 'subscription' | 'customer';

/**
 * A webhook whose user may not read orders delivers an error object instead.
 * @returns what the body is; undefined when it is not what the topic, which is not signed, promises
 */
export function wooResource(payload: Payload, topic: string): WooResource | undefined {
  if (asText(payload.id) === undefined) return undefined;
  const resource = resourceOf(payload);
  return topic.startsWith(`${resource}.`) ? resource : undefined;
}

function resourceOf(payload: Payload): WooResource | undefined {
  if (Array.isArray(payload.line_items)) return 'billing_period' in payload ? 'subscription' : 'order';
  return 'email' in payload ? 'customer' : undefined;
}
