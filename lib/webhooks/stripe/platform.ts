/** Stripe: a timestamped HMAC of the body; a Checkout session inside an event that names its type. */
import { attribute, metadata } from '../../payload/attributes.ts';
import { asId, asObject, asText, isPayload, type Payload } from '../../payload/values.ts';
import { definePlatform } from '../platform.ts';
import { mapStripe, stripeEventNames } from './map.ts';
import { stripeSettings } from './settings.ts';
import { signStripe, verifyStripeSignature } from './signature.ts';

export const stripe = definePlatform({
  name: 'stripe',
  settings: stripeSettings,
  verify: (request, { toleranceSeconds }) => verifyStripeSignature(request, toleranceSeconds),
  sign: signStripe,
  secretHint: "use the endpoint's signing secret (whsec_…) from Developers > Webhooks",
  topicOf: (_headers, payload) => (isPayload(payload) && asText(payload.type)) || '',
  ordersOf: stripeOrders,
  eventNames: stripeEventNames,
  map: mapStripe,
  local: { settings: { destination: 'default', consent: 'always', money: 'shop', testOrders: 'send' } },
});

/** Stripe has ids only; the shop's own one is where the mapping looks for it. */
function stripeOrders({ data }: Payload): (string | undefined)[] {
  const { id, payment_intent: payment, metadata: own } = asObject(asObject(data).object);
  return [asId(id), asId(payment) ?? asId(asObject(payment).id), attribute(metadata(own), ['order_id'])];
}
