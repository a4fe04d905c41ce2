/**
 * BigCommerce: the Standard Webhooks envelope, keyed with the bytes of an API account's client secret. The body names an
 * order or customer by its id, and a scope and store that the signature covers.
 */
import { asObject, asText } from '../../payload/values.ts';
import { definePlatform } from '../platform.ts';
import {
  type StandardWebhooksAuth,
  signStandardWebhook,
  verifyStandardWebhook,
} from '../signatures/standard-webhooks.ts';
import { mapBigcommerce } from './map.ts';
import { bigcommerceApi, subjectId } from './read.ts';
import { type BigcommerceSettings, bigcommerceSettings, bigcommerceTopics } from './settings.ts';

export const bigcommerce = definePlatform({
  name: 'bigcommerce',
  settings: bigcommerceSettings,
  verify: (request, settings) => verifyStandardWebhook(request, authOf(settings)),
  sign: (request, settings) => signStandardWebhook(request, authOf(settings)),
  secretHint: 'use the client secret of the API account that created the webhook, as text and not in base64',
  secretEncoding: () => 'utf8',
  topicOf: (_headers, payload) => (asText(asObject(payload).scope) ?? '').replace(channelScope, 'store/'),
  topicWords: [
    'store',
    'statusUpdated',
    'converted',
    'abandoned',
    'couponApplied',
    'lineItem',
    'archived',
    'message',
    'metafield',
    'subscriber',
    'hook',
    'deliveryException',
  ],
  ordersOf: (payload) => [subjectId(payload)],
  fetch: bigcommerceApi,
  eventNames: (settings) => [
    ...Object.values(bigcommerceTopics(settings)),
    ...(settings.unpaidEvent === 'none' ? [] : [settings.unpaidEvent]),
  ],
  map: mapBigcommerce,
  local: {
    settings: {
      destination: 'default',
      storeHash: 'abc123',
      consent: 'always',
      purchaseMoment: 'paid',
      testOrders: 'send',
      contentId: 'variant_id',
    },
  },
});

/** A webhook of one channel, such as `store/channel/2/order/created`, is about the same as that of the whole store. */
const channelScope = /^store\/channel\/\d+\//;

/** BigCommerce's guide encodes the secret in base64 only because the libraries decode it. */
const authOf = ({ toleranceSeconds }: BigcommerceSettings): StandardWebhooksAuth => ({
  secretEncoding: 'utf8',
  toleranceSeconds,
});
