/** Reads what a BigCommerce webhook names by its id, with one or two requests, and skips what needs none before it reads. */
import { fields } from '../../events/fields/table.ts';
import { asId, asObject, asObjects, isPayload, type Payload } from '../../payload/values.ts';
import type { OrderApi, OrderContent, ReadJson } from '../platform-api/order-api.ts';
import { skip } from '../webhook-outcome.ts';
import { type BigcommerceSettings, eventNameOf, isCustomerTopic } from './settings.ts';
import { judgeStep, reportedStep } from './status.ts';

/** As many as an event may have; at 2 to 4 kB a line they fit into the 1 MiB of an answer. */
const maxProducts = fields.contents.list;
const numericId = /^\d{1,20}$/;

export const bigcommerceApi: OrderApi<BigcommerceSettings> = {
  baseUrl: ({ storeHash }) => `https://api.bigcommerce.com/stores/${storeHash}`,
  headers: (apiToken) => ({ 'x-auth-token': apiToken }),
  /** @returns the webhook's own body with `order` and `products`, or with `customer` */
  read: async ({ topic, payload }, read, settings) => {
    if (eventNameOf(topic, settings) === undefined) return skip('ignored_topic', 'topics');
    // The producer is signed. Apps that several stores installed have one client secret.
    if (payload.producer !== `stores/${settings.storeHash}`) return skip('shop_not_allowed', 'storeHash');
    const step = reportedStep(payload);
    const verdict = step && judgeStep(step, settings);
    if (typeof verdict === 'object') return verdict;
    const id = subjectId(payload);
    if (id === undefined) return skip('unexpected_body', 'data');
    return isCustomerTopic(topic) ? readCustomer(payload, id, read) : readOrder(payload, id, read);
  },
};

/**
 * The id of the order or customer that a webhook is about, as text of digits: it becomes a part of a path. The order of a
 * transaction is `order_id`, that of a converted cart `orderId`; `id` is then something else.
 */
export function subjectId({ data }: Payload): string | undefined {
  const { id, order_id, orderId } = asObject(data);
  const found = asId(order_id) ?? asId(orderId) ?? asId(id);
  return found !== undefined && numericId.test(found) ? found : undefined;
}

async function readOrder(webhook: Payload, id: string, read: ReadJson): Promise<OrderContent> {
  const path = `/v2/orders/${id}`;
  const [order, products] = await Promise.all([read(path), read(`${path}/products?limit=${maxProducts}`)]);
  if (!isPayload(order) || asId(order.id) !== id) return skip('unexpected_body', 'order');
  return { kind: 'payload', payload: { ...webhook, order, products } };
}

async function readCustomer(webhook: Payload, id: string, read: ReadJson): Promise<OrderContent> {
  const answer = await read(`/v3/customers?id:in=${id}&include=addresses,formfields`);
  if (!isPayload(answer)) return skip('unexpected_body', 'customer');
  const customer = asObjects(answer.data).find((found) => asId(found.id) === id);
  if (customer === undefined) return skip('not_found');
  return { kind: 'payload', payload: { ...webhook, customer } };
}
