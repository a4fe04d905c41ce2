/**
 * Why a webhook was skipped or its signature is wrong, and what to do: for docs/errors.md and for the terminal of
 * `npm start`. The texts are Markdown.
 */
import type { CodeText } from '../../errors/code-text.ts';
import type { VerifyFailure } from '../signatures/verification.ts';
import type { SkipReason } from '../webhook-outcome.ts';

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
    meaning: 'The shop is not among `shops`, or is another store than `storeHash`.',
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
    meaning: 'Staff made the order.',
    example: "a draft order of Shopify's admin page",
    fix: 'Add the `channel` to the setting in `detail`, if such orders count.',
  },
  pos_order: {
    meaning: 'The order was placed at the point of sale.',
    example: 'an order of a shop assistant',
    fix: 'Add the `channel` to the setting in `detail`, if such orders count.',
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
  cancelled: { meaning: 'The order is cancelled.', example: 'an order with `cancelled_at`', fix: nothing },
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
  no_time: {
    meaning:
      'The body does not say when it happened, or `detail` names a field with a time that cannot be read.',
    example: '`"created_at": "yesterday"`',
    fix: 'Correct the time. In a mapping, map `event_time` or `source.paid_at`.',
  },
  no_consent: {
    meaning: 'The visitor refused, or the source needs a consent that the body does not have.',
    example: 'an order with `consent: denied`',
    fix: 'Nothing: it must not be sent. `consent` of the source sets the rule.',
  },
  no_match_key: {
    meaning: 'Nothing in the body says who the person is that TikTok could use for the destination.',
    example: 'an anonymous order without an address',
    fix: 'Let the shop pass on click id, IP address and user agent. In a mapping, see `empty` in the log.',
  },
  filtered: {
    meaning: '`source.when` or `source.each` of the mapping left nothing.',
    example: '`when: "status == \'paid\'"` and an open order',
    fix: 'Nothing, if the mapping means it. `hint` in the log says which part is false, or which path is wrong.',
  },
  destination_not_allowed: {
    meaning: "The event names another destination than its source's.",
    example: '`{"destination":"eu"}` in the body',
    fix: 'Leave `destination` out, or add a source for the other destination.',
  },
  mapping_failed: {
    meaning: 'The expression in `detail` does not fit the body, and there is no event without it.',
    example: '`event_time: to_number(date)` and a text in `date`',
    fix: 'Correct the expression: `hint` in the log says what does not fit.',
  },
  invalid_event: {
    meaning: 'The event breaks a rule. `detail` names the field and its [code](#fields-of-events).',
    example: '`event_time: in_future`',
    fix: 'Look the code up, and correct the mapping or the sender.',
  },
  event_too_large: {
    meaning: 'The message would be larger than 1 MB.',
    example: 'an order of a thousand lines with long names',
    fix: 'Map fewer fields of the products.',
  },
  not_found: {
    meaning: "The platform's API does not have the order that the webhook names.",
    example: 'an order that was deleted at once',
    fix: nothing,
  },
};

export const signatureFailures: Readonly<Record<VerifyFailure, CodeText>> = {
  signature_mismatch: {
    meaning: 'The signature belongs to another secret or another body.',
    example: 'the secret was replaced at the platform',
    fix: 'Store the new secret with `keys add --webhook`. Let no proxy change the body.',
  },
  signature_missing: {
    meaning: 'The request has no signature.',
    example: 'a request that the platform did not send',
    fix: 'Give the webhook a secret at the platform.',
  },
  signature_malformed: {
    meaning: 'The header is no signature of this platform.',
    example: 'hex where base64 belongs',
    fix: 'Check `platform` of the source, and `encoding` of a custom one.',
  },
  signature_repeated: {
    meaning: 'The request has two signatures in two headers.',
    example: 'a proxy that adds the header again',
    fix: 'Let the proxy pass the header on once.',
  },
  timestamp_missing: {
    meaning: 'The signature has no time.',
    example: '`Stripe-Signature` without `t=`',
    fix: 'Check `platform` of the source.',
  },
  timestamp_outside_tolerance: {
    meaning: 'The signature is more than 5 minutes old, or ahead.',
    example: 'a request that somebody recorded and sends again',
    fix: "Nothing, if the platform retries: it signs anew. Otherwise check the sender's clock.",
  },
  no_secret: {
    meaning: 'The source has no secret.',
    example: 'an empty `secrets` list',
    fix: 'Store the secret with `keys add --webhook`.',
  },
};
