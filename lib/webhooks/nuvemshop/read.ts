/** Reads what a Nuvemshop webhook names by its id, with one request, and skips what needs none before it reads. */
import { asId, asText, isPayload, type Payload } from '../../payload/values.ts';
import type { OrderApi, OrderContent, ReadJson } from '../platform-api/order-api.ts';
import { skip } from '../webhook-outcome.ts';
import { eventNameOf, isCustomerTopic, type NuvemshopSettings } from './settings.ts';

/** The API answers 400 to a request that does not name its app and a way to reach its maker. */
const userAgent = 'TikTok Events Gateway (run by the store)';
const numericId = /^\d{1,20}$/;

/** Both brands have one API under two names: each host serves every store. */
export const nuvemshopApi: OrderApi<NuvemshopSettings> = {
  baseUrl: ({ apiVersion, storeId }) => `https://api.nuvemshop.com.br/${apiVersion}/${storeId}`,
  // The name of the header is not a mistake: the API does not read the usual one.
  headers: (apiToken) => ({ authentication: `bearer ${apiToken}`, 'user-agent': userAgent }),
  /** @returns the webhook's own body with `order`, or with `customer` */
  read: async ({ topic, payload }, read, settings) => {
    if (privacyTopics.has(topic)) return skip('compliance_topic');
    if (eventNameOf(topic, settings) === undefined) return skip('ignored_topic', 'topics');
    // The secret is the app's, and several stores can have installed it.
    if (asText(payload.store_id) !== settings.storeId) return skip('shop_not_allowed', 'storeId');
    const id = asId(payload.id);
    if (id === undefined || !numericId.test(id)) return skip('unexpected_body', 'id');
    return isCustomerTopic(topic) ? readCustomer(payload, id, read) : readOrder(payload, id, read);
  },
};

const privacyTopics: ReadonlySet<string> = new Set([
  'store/redact',
  'customers/redact',
  'customers/data_request',
]);

/** The documented bodies of the three privacy requests name no event: their other members tell them apart. */
export function topicOf(body: Payload): string {
  const event = asText(body.event);
  if (event !== undefined) return event;
  if ('orders_to_redact' in body) return 'customers/redact';
  if ('data_request' in body) return 'customers/data_request';
  return Object.keys(body).join() === 'store_id' ? 'store/redact' : '';
}

async function readOrder(webhook: Payload, id: string, read: ReadJson): Promise<OrderContent> {
  const order = await read(`/orders/${id}`);
  if (!isPayload(order) || asId(order.id) !== id) return skip('unexpected_body', 'order');
  return { kind: 'payload', payload: { ...webhook, order } };
}

async function readCustomer(webhook: Payload, id: string, read: ReadJson): Promise<OrderContent> {
  const customer = await read(`/customers/${id}`);
  if (!isPayload(customer) || asId(customer.id) !== id) return skip('unexpected_body', 'customer');
  return { kind: 'payload', payload: { ...webhook, customer } };
}
