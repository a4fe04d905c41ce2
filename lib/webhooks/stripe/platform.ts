/** Stripe: a timestamped HMAC of the body; a Checkout session inside an event that names its type. */
import { asText, isPayload } from '../../payload/values.ts';
import { definePlatform } from '../platform.ts';
import { mapStripe } from './map.ts';
import { stripeSettings } from './settings.ts';
import { signStripe, verifyStripeSignature } from './signature.ts';

export const stripe = definePlatform({
  name: 'stripe',
  settings: stripeSettings,
  verify: (request, { toleranceSeconds }) => verifyStripeSignature(request, toleranceSeconds),
  sign: signStripe,
  secretHint: "use the endpoint's signing secret (whsec_…) from Developers > Webhooks",
  topicOf: (_headers, payload) => (isPayload(payload) && asText(payload.type)) || '',
  map: mapStripe,
  local: { settings: { destination: 'default', consent: 'always', money: 'shop', testOrders: 'send' } },
});
