/** Why a webhook was skipped, and what to do: for docs/errors.md and the terminal of `npm start`. The texts are Markdown. */
import type { CodeText } from '../../errors/code-text.ts';
import type { SkipReason } from '../webhook-outcome.ts';
import { eventReasons } from './event-reason-texts.ts';

const nothing = 'Nothing.';

export const skipReasons: Readonly<Record<SkipReason, CodeText>> = {
  ping: {
    meaning: 'It is a test of the address.',
    example: "WooCommerce's ping when you save a webhook",
    fix: nothing,
  },
  compliance_topic: {
    meaning: 'It asks for data of a customer. The gateway stores none that it could return.',
    example: "Shopify's `customers/data_request`",
    fix: nothing,
  },
  ignored_topic: {
    meaning: 'The topic is not among `topics`.',
    example: '`orders/edited`',
    fix: 'Add the topic to `topics` of the source, if you want its events.',
  },
  shop_not_allowed: {
    meaning: 'The shop is not among `shops`, or is another store than `storeHash` or `storeId` says.',
    example: 'a webhook of the test store',
    fix: 'Add the shop to the source, if its orders count.',
  },
  empty_body: { meaning: 'The body is empty.', example: 'a probe of the platform', fix: nothing },
  not_json: {
    meaning: 'The body is not JSON.',
    example: 'a webhook that is set to XML',
    fix: 'Set the format of the webhook to JSON.',
  },
  unsupported_format: {
    meaning: 'The body of a custom source is in a form that the gateway does not read; `detail` says which.',
    example: 'a form with files (`multipart/form-data`), or one in `windows-1252`',
    fix: 'Let the sender post JSON, or a form (`application/x-www-form-urlencoded`) in UTF-8.',
  },
  unexpected_body: {
    meaning: 'The body is not what the topic promises.',
    example: 'a list where an order belongs',
    fix: 'Check the topic of the webhook, and the mapping if there is one.',
  },
  test_order: {
    meaning: 'It is a test order or a test notification.',
    example: "Stripe's test mode",
    fix: 'Set `testOrders: send` in a stage where tests count.',
  },
  draft_order: {
    meaning: 'Staff made the order, or it is a draft that the shopper has not placed yet.',
    example: "a draft order of Shopify's admin page",
    fix: "Add the `channel` to the setting in `detail`, beside `'*'`, if such orders count. Without a `channel`: nothing.",
  },
  pos_order: {
    meaning: 'The order was placed at the point of sale.',
    example: 'an order of a shop assistant',
    fix: "Add the `channel` to the setting in `detail`, beside `'*'`, if such orders count.",
  },
  renewal: {
    meaning: 'A subscription made the order, and no ad led to it.',
    example: 'the second month of a subscription',
    fix: nothing,
  },
  channel_not_allowed: {
    meaning: 'The order came through another channel than the web shop.',
    example: 'an order of a marketplace',
    fix: 'Add the `channel` to the setting in `detail`, if such orders count.',
  },
  cancelled: { meaning: 'The order is canceled.', example: 'an order with `cancelled_at`', fix: nothing },
  refunded: {
    meaning: 'The order is refunded.',
    example: 'an order with the status `refunded`',
    fix: nothing,
  },
  completed: {
    meaning: 'The checkout has become an order, which counts instead.',
    example: "Shopify's `checkouts/update` after the payment",
    fix: nothing,
  },
  unpaid: {
    meaning: 'The order is not paid, and the source counts paid orders.',
    example: 'an order that waits for a bank transfer',
    fix: 'Nothing: it is sent when it is paid. `purchaseMoment` sets when an order counts.',
  },
  zero_value: {
    meaning: 'Nothing was paid.',
    example: 'an order that a voucher covers',
    fix: 'Set `zeroValue: send`, if such orders count.',
  },
  not_registered: {
    meaning: 'The customer record is not a sign-up.',
    example: 'a guest, an import or a member of staff',
    fix: nothing,
  },
  late_payment: {
    meaning: 'The order was paid more than 47 hours after it was placed, when the pixel counted it.',
    example: 'a bank transfer that takes three days',
    fix: 'Set `latePayment: send`, if no pixel counts your orders before they are paid.',
  },
  stale: {
    meaning: 'The order was placed more than 47 hours ago: TikTok could count it twice.',
    example: 'a webhook that waited through a long outage',
    fix: 'Send the order with `sync`, if TikTok does not have it yet.',
  },
  too_old: {
    meaning: "The event's own time is more than 28 days ago. TikTok does not match it any more.",
    example: 'an event object with an `event_time` of last year',
    fix: nothing,
  },
  ...eventReasons,
};
