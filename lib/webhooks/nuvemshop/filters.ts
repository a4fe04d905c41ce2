/** Decides which Nuvemshop orders and customers are a shopper's own conversion. All others get a skip code. */
import { asAmount, asText, type Payload } from '../../payload/values.ts';
import { type ChannelReason, skipChannel } from '../rules/channel.ts';
import { type SkippedWebhook, type SkipReason, skip } from '../webhook-outcome.ts';
import { mustBePaid, type NuvemshopSettings } from './settings.ts';

const paidStatuses: ReadonlySet<string> = new Set(['paid', 'partially_refunded']);
/** Of `payment_status`: no sale, whatever the moment. */
const deadStatuses: Readonly<Record<string, SkipReason>> = {
  refunded: 'refunded',
  voided: 'cancelled',
  abandoned: 'unpaid',
};

export function skipNuvemshopOrder(
  order: Payload,
  topic: string,
  settings: NuvemshopSettings,
): SkippedWebhook | undefined {
  if (wordOf(order.status) === 'cancelled' || asText(order.cancelled_at) !== undefined)
    return skip('cancelled', 'status');
  const payment = wordOf(order.payment_status);
  const dead = Object.hasOwn(deadStatuses, payment) ? deadStatuses[payment] : undefined;
  if (dead !== undefined) return skip(dead, 'payment_status');
  const rules = { setting: 'storefronts', allowed: settings.storefronts, reasonOf };
  const skipped = skipChannel(channelOf(order), rules);
  if (skipped !== undefined) return skipped;
  if (settings.zeroValue === 'skip' && asAmount(order.total) === 0) return skip('zero_value');
  // Between the webhook and the read, or a retry, the order may have changed.
  return mustBePaid(settings, topic) && !paidStatuses.has(payment)
    ? skip('unpaid', 'payment_status')
    : undefined;
}

/** `store`, `form`, `pos`, `api`, `meli` (Mercado Livre) …, and `subscription` for a renewal. */
function channelOf(order: Payload): string | undefined {
  const isRenewal = order.is_subscription === true && order.is_subscription_initial !== true;
  return isRenewal ? 'subscription' : asText(order.storefront);
}

/** `form` is a draft that staff entered in the admin panel. */
const reasons: Readonly<Record<string, ChannelReason>> = {
  form: 'draft_order',
  pos: 'pos_order',
  subscription: 'renewal',
};
const reasonOf = (channel: string): ChannelReason | undefined =>
  Object.hasOwn(reasons, channel) ? reasons[channel] : undefined;

/** Only in the storefront is the browser that made an order the shopper's. */
export const hasOwnBrowser = (order: Payload): boolean => {
  const channel = channelOf(order)?.toLowerCase();
  return channel === undefined || !['form', 'pos', 'api', 'meli', 'subscription'].includes(channel);
};

/** Nuvemshop makes a customer of every guest, too: only an account that its owner activated is a sign-up. */
export const skipNuvemshopCustomer = (customer: Payload): SkippedWebhook | undefined =>
  customer.active === true ? undefined : skip('not_registered', 'active');

const wordOf = (value: unknown): string => (asText(value) ?? '').toLowerCase();
