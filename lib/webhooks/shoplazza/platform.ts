/** Shoplazza: an HMAC of the body in a header, whole orders in the body, topic and shop in headers that are not signed. */
import { asId } from '../../payload/values.ts';
import { definePlatform } from '../platform.ts';
import { orderNumber } from '../rules/order-number.ts';
import { bodyHmac, signHmacHeader, verifyHmacHeader } from '../signatures/hmac-header.ts';
import { headerValue } from '../webhook-headers.ts';
import { orderOf } from './fields.ts';
import { mapShoplazza, shoplazzaDomain } from './map.ts';
import { shoplazzaSettings, shoplazzaTopics } from './settings.ts';

const auth = bodyHmac('x-shoplazza-hmac-sha256', 'base64');

export const shoplazza = definePlatform({
  name: 'shoplazza',
  settings: shoplazzaSettings,
  verify: (request) => verifyHmacHeader(request, auth),
  sign: (request) => signHmacHeader(request, auth),
  secretHint: 'use the Client Secret of the app that created the webhook, not its access token',
  topicOf: (headers) => headerValue(headers, 'x-shoplazza-topic') ?? '',
  topicWords: ['finished'],
  ordersOf: (payload) => {
    const { id, number } = orderOf(payload);
    return [asId(id), orderNumber(number)];
  },
  shopOf: shoplazzaDomain,
  eventNames: (settings) => Object.values(shoplazzaTopics(settings)),
  map: mapShoplazza,
  local: {
    settings: {
      destination: 'default',
      consent: 'always',
      purchaseMoment: 'paid',
      testOrders: 'send',
      contentId: 'variant_id',
    },
  },
});
