/** The settings of a source for Stripe Checkout. */
import * as z from 'zod/mini';
import { lazily } from '../../schema/lazy/lazily.ts';
import { commonShape, idTemplate, sendOrSkip, shortText, topics } from '../common-settings.ts';
import { standardWebhooksShape } from '../signatures/standard-webhooks.ts';

export const stripeSettings = lazily(() =>
  z.strictObject({
    platform: z.literal('stripe'),
    ...commonShape(),
    topics: z.optional(topics()),
    /** Event name of a completed session whose payment is still pending; `none` sends nothing. */
    unpaidEvent: z._default(shortText(), 'PlaceAnOrder'),
    money: z._default(z.enum(['shop', 'presentment']), 'shop'),
    eventId: z._default(
      idTemplate(['session_id', 'client_reference_id', 'payment_intent']),
      // Affiliate tools write the affiliate's id into client_reference_id, which many sales share.
      '{attribute.event_id|session_id}',
    ),
    testOrders: sendOrSkip(),
    zeroValue: sendOrSkip(),
    latePayment: sendOrSkip(),
    /** Five minutes, as in Stripe's libraries. */
    toleranceSeconds: standardWebhooksShape().toleranceSeconds,
  }),
);

export type StripeSettings = z.infer<ReturnType<typeof stripeSettings>>;
