/** Nuvemshop, called Tiendanube in Spanish: an HMAC of the body in a header, and a body that names an order by its id. */
import { asId, asObject } from '../../payload/values.ts';
import { definePlatform } from '../platform.ts';
import { orderNumber } from '../rules/order-number.ts';
import { bodyHmac, signHmacHeader, verifyHmacHeader } from '../signatures/hmac-header.ts';
import { mapNuvemshop } from './map.ts';
import { nuvemshopApi, topicOf } from './read.ts';
import { nuvemshopSettings, nuvemshopTopics } from './settings.ts';

const auth = bodyHmac('x-linkedstore-hmac-sha256', 'hex');

export const nuvemshop = definePlatform({
  name: 'nuvemshop',
  settings: nuvemshopSettings,
  verify: (request) => verifyHmacHeader(request, auth),
  sign: (request) => signHmacHeader(request, auth),
  secretHint: 'use the client secret of the app that created the webhook, not its access token',
  topicOf: (_headers, payload) => topicOf(asObject(payload)),
  topicWords: ['packed', 'unpacked', 'custom', 'fields', 'suspended', 'domain', 'field'],
  ordersOf: ({ id, order }) => [asId(id), orderNumber(asObject(order).number)],
  fetch: nuvemshopApi,
  eventNames: (settings) => Object.values(nuvemshopTopics(settings)),
  map: mapNuvemshop,
  local: {
    settings: {
      destination: 'default',
      storeId: '123456',
      consent: 'always',
      purchaseMoment: 'paid',
      contentId: 'variant_id',
    },
  },
});
