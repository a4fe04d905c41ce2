/** What a webhook is about and which shop sent it, as its platform says. Shopify's and WooCommerce's word is not signed. */
import { asText, isPayload } from '../payload/values.ts';
import type { SourceSettings } from './source-settings.ts';
import { headerValue, type WebhookHeaders } from './webhook-headers.ts';

/** @returns such as `orders/paid`; an empty text where there is none */
export function webhookTopic(settings: SourceSettings, headers: WebhookHeaders, payload: unknown): string {
  if (settings.platform === 'shopify')
    return (headerValue(headers, 'x-shopify-topic') ?? headerValue(headers, 'shopify-topic') ?? '').trim();
  if (settings.platform === 'woocommerce') return wooTopic(headers);
  if (settings.platform === 'stripe') return (isPayload(payload) && asText(payload.type)) || '';
  return '';
}

/** Deliveries with an empty topic header were seen; resource and event say the same. */
function wooTopic(headers: WebhookHeaders): string {
  const topic = headerValue(headers, 'x-wc-webhook-topic')?.trim();
  if (topic) return topic;
  const resource = headerValue(headers, 'x-wc-webhook-resource')?.trim();
  const event = headerValue(headers, 'x-wc-webhook-event')?.trim();
  return resource && event ? `${resource}.${event}` : '';
}

/** True when the settings allow every shop, or the one that the headers name. */
export function isShopAllowed(settings: SourceSettings, headers: WebhookHeaders): boolean {
  if (settings.platform !== 'shopify' && settings.platform !== 'woocommerce') return true;
  if (settings.shops.length === 0) return true;
  const shop = settings.platform === 'shopify' ? shopifyDomain(headers) : wooHost(headers);
  return shop !== undefined && settings.shops.includes(shop.toLowerCase());
}

export const shopifyDomain = (headers: WebhookHeaders): string | undefined =>
  headerValue(headers, 'x-shopify-shop-domain') ?? headerValue(headers, 'shopify-shop-domain');

const wooHost = (headers: WebhookHeaders): string | undefined =>
  URL.parse(headerValue(headers, 'x-wc-webhook-source') ?? '')?.hostname;

const pingBody = /^webhook_id=\d{1,20}$/;

/** WooCommerce's ping when a webhook is saved: form-encoded, without topic and signature; it wants exactly 200. */
export function isWooPing(settings: SourceSettings, headers: WebhookHeaders, body: Uint8Array): boolean {
  if (settings.platform !== 'woocommerce' || body.length > 64) return false;
  const isForm = headerValue(headers, 'content-type')
    ?.toLowerCase()
    .startsWith('application/x-www-form-urlencoded');
  return isForm === true && pingBody.test(Buffer.from(body).toString('latin1').trim());
}
