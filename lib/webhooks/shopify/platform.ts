/** Shopify: an HMAC of the body in a header, whole orders in the body, topic and shop in headers that are not signed. */
import { asId } from '../../payload/values.ts';
import { definePlatform } from '../platform.ts';
import { orderNumber } from '../rules/order-number.ts';
import { bodyHmac, signHmacHeader, verifyHmacHeader } from '../signatures/hmac-header.ts';
import { headerValue, headerValues, type WebhookHeaders } from '../webhook-headers.ts';
import { mapShopify, shopifyDomain } from './map.ts';
import { shopifySettings, shopifyTopics } from './settings.ts';

export const shopify = definePlatform({
  name: 'shopify',
  settings: shopifySettings,
  verify: (request) => verifyHmacHeader(request, authOf(request.headers)),
  sign: (request) => signHmacHeader(request, bodyHmac('x-shopify-hmac-sha256', 'base64')),
  secretHint:
    "an app's webhook is signed with the app's client secret, one made under Settings > Notifications > Webhooks with the value shown on that page",
  topicOf: (headers) =>
    (headerValue(headers, 'x-shopify-topic') ?? headerValue(headers, 'shopify-topic') ?? '').trim(),
  /** Shopify sends these to every app of the App Store. */
  complianceTopics: new Set(['customers/data_request', 'customers/redact', 'shop/redact']),
  shopOf: shopifyDomain,
  // A shop's names can have a prefix or a suffix beside the number.
  ordersOf: ({ id, token, name, order_number: number }) => [
    asId(id) ?? asId(token),
    orderNumber(name),
    orderNumber(number),
  ],
  eventNames: (settings) => Object.values(shopifyTopics(settings)),
  map: mapShopify,
  local: {
    settings: {
      destination: 'default',
      consent: 'always',
      money: 'shop',
      purchaseMoment: 'paid',
      testOrders: 'send',
      contentId: 'variant_id',
    },
  },
});

/** Shopify's newer events have the same headers without `X-`. */
function authOf(headers: WebhookHeaders) {
  const isNewer =
    headerValues(headers, 'x-shopify-hmac-sha256').length === 0 &&
    headerValues(headers, 'shopify-hmac-sha256').length > 0;
  return bodyHmac(isNewer ? 'shopify-hmac-sha256' : 'x-shopify-hmac-sha256', 'base64');
}
