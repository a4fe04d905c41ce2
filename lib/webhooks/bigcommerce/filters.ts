/** Decides which BigCommerce orders and customers are a shopper's own conversion. All others get a skip code. */
import { asAmount, asCount, asText, type Payload } from '../../payload/values.ts';
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
  return skipSource(order, settings) ?? skipChannel(order.channel_id, settings) ?? skipFree(order, settings);
}

/** The order as it is now: between the webhook and the read, or a retry, it may have been refunded. */
export function skipEnded(order: Payload): SkippedWebhook | undefined {
  const { to } = presentStep(order);
  return to === 'refunded' || to === 'cancelled' ? skip(to, 'status_id') : undefined;
}

/** Orders of a marketplace, an ERP or the staff are not conversions of the web shop. */
function skipSource(order: Payload, { orderSources }: BigcommerceSettings): SkippedWebhook | undefined {
  const source = asText(order.order_source);
  if (orderSources.includes('*') || (source !== undefined && orderSources.includes(source))) return undefined;
  if (source === 'manual') return skip('draft_order', 'orderSources');
  const isPos = pointOfSale.test(asText(order.external_source) ?? '');
  return skip(isPos ? 'pos_order' : 'channel_not_allowed', 'orderSources');
}

function skipChannel(channelId: unknown, { channels }: BigcommerceSettings): SkippedWebhook | undefined {
  const id = asCount(channelId);
  const isAllowed = channels.length === 0 || (id !== undefined && channels.includes(id));
  return isAllowed ? undefined : skip('channel_not_allowed', 'channels');
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
  return skipChannel(customer.origin_channel_id, settings);
}

/** Staff and apps make these: the address in them is not the shopper's. */
export const isMadeByStaff = (order: Payload): boolean =>
  ['manual', 'external'].includes(asText(order.order_source) ?? '');
