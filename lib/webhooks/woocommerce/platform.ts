/** WooCommerce: an HMAC of the body in a header, whole orders in the body, topic and shop in headers that are not signed. */
import { asId } from '../../payload/values.ts';
import { definePlatform } from '../platform.ts';
import { orderNumber } from '../rules/order-number.ts';
import { headerValue, type WebhookHeaders } from '../webhook-headers.ts';
import { mapWooCommerce } from './map.ts';
import { wooSettings, wooTopics } from './settings.ts';
import { signWooCommerce, verifyWooCommerce } from './signature.ts';

export const woocommerce = definePlatform({
  name: 'woocommerce',
  settings: wooSettings,
  verify: verifyWooCommerce,
  sign: signWooCommerce,
  secretHint: "use the Secret of the webhook itself, not the REST API's consumer secret",
  topicOf,
  shopOf: (headers) => URL.parse(headerValue(headers, 'x-wc-webhook-source') ?? '')?.hostname,
  // A renewal names its subscription, and a subscription its first order, as the parent.
  ordersOf: ({ id, parent_id: parent, number }) => [asId(id), asId(parent), orderNumber(number)],
  isPing,
  eventNames: (settings) => Object.values(wooTopics(settings)),
  map: mapWooCommerce,
  local: {
    settings: {
      destination: 'default',
      consent: 'always',
      purchaseMoment: 'paid',
      contentId: 'sku_or_product_id',
    },
  },
});

/** Some deliveries have an empty topic header; resource and event together contain the same. */
function topicOf(headers: WebhookHeaders): string {
  const topic = headerValue(headers, 'x-wc-webhook-topic')?.trim();
  if (topic) return topic;
  const resource = headerValue(headers, 'x-wc-webhook-resource')?.trim();
  const event = headerValue(headers, 'x-wc-webhook-event')?.trim();
  return resource && event ? `${resource}.${event}` : '';
}

const pingBody = /^webhook_id=\d{1,20}$/;

/** WooCommerce pings when a webhook is saved: form-encoded, without topic and signature. It expects exactly 200. */
function isPing(headers: WebhookHeaders, body: Uint8Array): boolean {
  if (body.length > 64) return false;
  const isForm = headerValue(headers, 'content-type')
    ?.toLowerCase()
    .startsWith('application/x-www-form-urlencoded');
  return isForm === true && pingBody.test(Buffer.from(body).toString('latin1').trim());
}
