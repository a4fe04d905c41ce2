/** Which Shoplazza orders are a shopper's own conversion, and the code of each that is not. */
import { asAmount, asObject, asText, firstObjects, type Payload } from '../../payload/values.ts';
import { type SkippedWebhook, type SkipReason, skip } from '../webhook-outcome.ts';
import { mustBePaid, type ShoplazzaSettings } from './settings.ts';

const paidStatuses: ReadonlySet<string> = new Set(['paid', 'partially_refunded', 'refund_failed']);
/** Of `financial_status`: no sale, whatever the moment. */
const deadStatuses: Readonly<Record<string, SkipReason>> = {
  cancelled: 'cancelled',
  failed: 'unpaid',
  refunding: 'refunded',
  refunded: 'refunded',
};
/** The channel of Shoplazza's test payments: its API lists their transactions with `test: true`. */
const testChannel = 'bogus';
const maxPayments = 100;

export function skipShoplazzaOrder(
  order: Payload,
  topic: string,
  settings: ShoplazzaSettings,
): SkippedWebhook | undefined {
  if (settings.testOrders === 'skip' && isTest(order)) return skip('test_order', 'testOrders');
  const isCancelled = wordOf(order.status) === 'cancelled' || asText(order.canceled_at) !== undefined;
  if (isCancelled) return skip('cancelled', 'status');
  const payment = wordOf(order.financial_status);
  const dead = Object.hasOwn(deadStatuses, payment) ? deadStatuses[payment] : undefined;
  if (dead !== undefined) return skip(dead, 'financial_status');
  if (settings.zeroValue === 'skip' && asAmount(order.total_price) === 0) return skip('zero_value');
  // The topic header is not signed: a body that does not fit it is not believed.
  if (mustBePaid(settings, topic))
    return paidStatuses.has(payment) ? undefined : skip('unpaid', 'purchaseMoment');
  return isPlaced(order) ? undefined : skip('unpaid', 'status');
}

const isTest = (order: Payload): boolean =>
  [asObject(order.payment_line), ...firstObjects(order.payment_lines, maxPayments)].some(
    ({ payment_channel }) => wordOf(payment_channel) === testChannel,
  );

/** Shoplazza creates an order when the shopper enters the checkout: until it is placed, its status is `opened`. */
function isPlaced(order: Payload): boolean {
  const status = wordOf(order.status);
  return status === '' ? asText(order.placed_at) !== undefined : status === 'placed' || status === 'finished';
}

const wordOf = (value: unknown): string => (asText(value) ?? '').toLowerCase();

/** Records of an order, such as its shipments, have lines too, and name the order in `order_id`. */
export const isOrder = (order: Payload): boolean =>
  asText(order.id) !== undefined &&
  asText(order.currency) !== undefined &&
  Array.isArray(order.line_items) &&
  !('order_id' in order);
