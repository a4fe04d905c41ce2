/** Decides which BigCommerce orders and customers are a shopper's own conversion. All others get a skip code. */
import { asAmount, asCount, asText, type Payload } from '../../payload/values.ts';
import { type ChannelReason, skipChannel } from '../rules/channel.ts';
import { type SkippedWebhook, skip } from '../webhook-outcome.ts';
import type { BigcommerceSettings } from './settings.ts';
import { presentStep } from './status.ts';

/** The method of the test gateway, as the API and the control panel name it. */
const testPayment = /^test payment (?:gateway|provider)$/i;
/** The API reference recommends the type of system with its vendor, such as `POS (Square)`. */
const pointOfSale = /^pos\b/i;

export function skipBigcommerceOrder(
  order: Payload,
  settings: BigcommerceSettings,
): SkippedWebhook | undefined {
  if (settings.testOrders === 'skip' && testPayment.test(asText(order.payment_method) ?? ''))
    return skip('test_order', 'payment_method');
  if (order.is_deleted === true) return skip('cancelled', 'is_deleted');
  return (
    skipSource(order, settings) ?? skipStorefront(order.channel_id, settings) ?? skipFree(order, settings)
  );
}

/** The order as it is now: between the webhook and the read, or a retry, it may have been refunded. */
export function skipEnded(order: Payload): SkippedWebhook | undefined {
  const { to } = presentStep(order);
  return to === 'refunded' || to === 'cancelled' ? skip(to, 'status_id') : undefined;
}

/** Also the orders of headless storefronts and marketplaces have a source of their own: `external`, `amazon` … */
const skipSource = (order: Payload, { orderSources }: BigcommerceSettings): SkippedWebhook | undefined =>
  skipChannel(sourceOf(order), { setting: 'orderSources', allowed: orderSources, reasonOf });

/** The order_source, or `pos` for an order whose system names itself a point of sale. */
function sourceOf(order: Payload): string | undefined {
  const isPos = pointOfSale.test(asText(order.external_source) ?? '');
  return isPos ? 'pos' : asText(order.order_source);
}

function reasonOf(source: string): ChannelReason | undefined {
  if (source === 'manual') return 'draft_order';
  return source === 'pos' ? 'pos_order' : undefined;
}

/** A channel of the store, such as its second storefront. */
function skipStorefront(channelId: unknown, { channels }: BigcommerceSettings): SkippedWebhook | undefined {
  const id = asCount(channelId);
  const isAllowed = channels.length === 0 || (id !== undefined && channels.includes(id));
  return isAllowed ? undefined : { ...skip('channel_not_allowed', 'channels'), channel: asText(channelId) };
}

const skipFree = (order: Payload, { zeroValue }: BigcommerceSettings): SkippedWebhook | undefined =>
  zeroValue === 'skip' && asAmount(order.total_inc_tax) === 0 ? skip('zero_value') : undefined;

/** BigCommerce also sends store/customer/created for imports and accounts made by staff or apps, which have no visitor's address. */
export function skipBigcommerceCustomer(
  customer: Payload,
  settings: BigcommerceSettings,
): SkippedWebhook | undefined {
  if (asText(customer.registration_ip_address) === undefined)
    return skip('not_registered', 'registration_ip_address');
  return skipStorefront(customer.origin_channel_id, settings);
}

/** Staff and apps make these: the address in them is not the shopper's. */
export const isMadeByStaff = (order: Payload): boolean =>
  ['manual', 'external', 'pos'].includes(sourceOf(order)?.toLowerCase() ?? '');
