/**
 * The step of an order that a webhook reports. A conversion is a step over a line, from unpaid to paid or from open to
 * placed, and an order takes it once: the later steps, such as to Shipped, never count again.
 */
import { asObject, asText, type Payload } from '../../payload/values.ts';
import { type SkippedWebhook, skip } from '../webhook-outcome.ts';
import type { BigcommerceSettings } from './settings.ts';

type Progress = 'open' | 'placed' | 'paid' | 'refunded' | 'cancelled';

/** The ids are the same in every store, and their labels are not (API reference, "Get All Order Statuses"). */
const progressById: Readonly<Record<string, Progress>> = {
  0: 'open', // Incomplete: the shopper reached the payment page
  1: 'open', // Pending: the checkout is not completed
  2: 'paid', // Shipped
  3: 'paid', // Partially Shipped
  4: 'refunded',
  5: 'cancelled',
  6: 'cancelled', // Declined
  7: 'placed', // Awaiting Payment: also a payment that is authorized and not captured
  8: 'paid', // Awaiting Pickup
  9: 'paid', // Awaiting Shipment
  10: 'paid', // Completed
  11: 'paid', // Awaiting Fulfillment
  12: 'placed', // Manual Verification Required
  13: 'cancelled', // Disputed
  14: 'paid', // Partially Refunded
};

export interface Step {
  /** Undefined when the webhook does not say where the order comes from. */
  readonly from: Progress | undefined;
  readonly to: Progress | undefined;
}

/** @returns undefined when the webhook reports no step, but only that something happened to the order */
export function reportedStep(webhook: Payload): Step | undefined {
  const status = asObject(asObject(webhook.data).status);
  if (status.new_status_id === undefined) return undefined;
  return { from: progressOf(status.previous_status_id), to: progressOf(status.new_status_id) };
}

/** Without a reported step, the order's present status is judged, and the 47 hours count from when it was placed. */
export const presentStep = (order: Payload): Step => ({ from: undefined, to: progressOf(order.status_id) });

/** @returns whether the step is the purchase moment of the settings, or an order that is not paid yet */
export function judgeStep(
  { from, to }: Step,
  settings: BigcommerceSettings,
): 'purchase' | 'unpaid_order' | SkippedWebhook {
  if (to === 'refunded' || to === 'cancelled') return skip(to, 'status_id');
  if (to === undefined || to === 'open') return skip('unpaid', 'status_id');
  const isPlaced = from === undefined || from === 'open';
  if (settings.purchaseMoment === 'placed')
    return isPlaced ? 'purchase' : skip('ignored_topic', 'purchaseMoment');
  if (to === 'paid')
    return isPlaced || from === 'placed' ? 'purchase' : skip('ignored_topic', 'previous_status_id');
  if (!isPlaced) return skip('unpaid', 'status_id');
  return settings.unpaidEvent === 'none' ? skip('unpaid', 'unpaidEvent') : 'unpaid_order';
}

function progressOf(statusId: unknown): Progress | undefined {
  const id = asText(statusId) ?? '';
  return Object.hasOwn(progressById, id) ? progressById[id] : undefined;
}
