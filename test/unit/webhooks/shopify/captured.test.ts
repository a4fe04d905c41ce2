/** Bodies as Shopify sent them, with fresh times and other people, from the door to the queue. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { webhookReceiver, webhookRequest } from '../../../support/webhooks/receive-webhooks.ts';
import { choices, hoursAgo, type Json, nowSeconds } from '../../../support/webhooks/webhook-bodies.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/webhooks');
const times = /"(created_at|updated_at|processed_at)":"[^"]*"/g;

/** The text itself: JSON.parse would round ids of 18 digits. */
const captured = (name: string): string =>
  readFileSync(join(fixtures, `${name}.json`), 'utf8').replaceAll(times, `"$1":"${hoursAgo(1)}"`);

async function post(topic: string, body: string, own: Json = {}, headers: Record<string, string> = {}) {
  const { receive, sent } = await webhookReceiver({ settings: { ...choices.shopify, ...own } });
  const { response, log } = await receive(
    webhookRequest(body, {
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': 'shop.myshopify.com',
      'x-shopify-hmac-sha256': createHmac('sha256', 's3cret').update(body).digest('base64'),
      ...headers,
    }),
  );
  const answer = JSON.parse(String((response as { body?: string }).body)) as Json;
  return { answer, log, event: sent[0] && (JSON.parse(sent[0].body).event as Json) };
}

test('counts a paid order of a third-party checkout by default', async () => {
  const { answer, event } = await post('orders/paid', captured('shopify/third-party-order'));
  expect(answer).toEqual({ accepted: 1, skipped: [] });
  expect(event).toMatchObject({
    event_name: 'Purchase',
    event_id: '7031366549814',
    event_time: nowSeconds - 3600,
    value: 1126,
    currency: 'INR',
    email: 'asha.rao@example.com',
    phone: '+919876543210',
    external_id: '9131913740598',
    contents: [
      { content_id: '51559562019126', quantity: 1, price: 395 },
      { content_id: '51559568507190', quantity: 1, price: 395 },
    ],
    page_url: 'https://www.shop.example/',
  });
  expect(event).not.toHaveProperty('ip');
});

const narrow = { sourceNames: ['web'] };

test('names the app of a third-party checkout that the settings do not allow in the answer and the log', async () => {
  const { answer, log } = await post('orders/paid', captured('shopify/third-party-order'), narrow);
  expect(answer).toEqual({ accepted: 0, skipped: ['channel_not_allowed'], channel: '234582441985' });
  expect(log).toMatchObject({ detail: 'sourceNames', channel: '234582441985' });
});

test('reads the address and browser that a third-party checkout left in attributes by a mapping', async () => {
  const mapping = {
    ip: "split(note_attributes[?name == 'user_ip_address'].value | [0], ',') | [0]",
    user_agent: "note_attributes[?name == 'user_agent'].value | [0]",
  };
  const { answer, event } = await post('orders/paid', captured('shopify/third-party-order'), { mapping });
  expect(answer).toEqual({ accepted: 1, skipped: [] });
  expect(event).toMatchObject({
    ip: '203.0.113.9',
    user_agent: expect.stringContaining('Android 10'),
  });
});

test('skips the recorded test order of a development store', async () => {
  const { answer } = await post('orders/paid', captured('shopify-order'));
  expect(answer).toEqual({ accepted: 0, skipped: ['test_order'] });
});

test('sends the recorded test order when the settings count tests', async () => {
  const { answer, event } = await post('orders/paid', captured('shopify-order'), { testOrders: 'send' });
  expect(answer).toEqual({ accepted: 1, skipped: [] });
  expect(event).toMatchObject({
    event_id: '640ac4541c951dfd7641899c3102c0b1',
    value: 59.45,
    currency: 'AUD',
  });
});

test.each<Record<string, string>>([
  { 'x-shopify-test': 'true' },
  { 'X-Shopify-Test': 'True' },
  { 'shopify-test': 'true' },
])('skips each test notification: %j', async (headers) => {
  const { answer } = await post('customers/enable', enabledCustomer, {}, headers);
  expect(answer).toEqual({ accepted: 0, skipped: ['test_order'] });
});

test('logs why a recorded checkout without contact data is not sent', async () => {
  for (const topic of ['checkouts/create', 'checkouts/update']) {
    const { answer, log } = await post(topic, captured('shopify-checkout'));
    expect(answer).toEqual({ accepted: 0, skipped: ['no_match_key'] });
    expect(log).toMatchObject({ detail: 'the checkout has no email, phone, customer or click id yet' });
  }
});

test('counts a recorded checkout with contact data, and keeps all digits of its customer', async () => {
  const { answer, event } = await post('checkouts/update', captured('shopify/named-checkout'));
  expect(answer).toEqual({ accepted: 1, skipped: [], omitted: [{ field: 'phone', code: 'invalid_phone' }] });
  expect(event).toMatchObject({
    event_name: 'InitiateCheckout',
    event_id: '123123123',
    email: 'jon@example.com',
    external_id: '603851970716743426',
    value: 421.88,
    currency: 'USD',
    contents: [{ content_id: '808950810', price: 199, quantity: 1 }],
  });
});

const enabledCustomer = captured('shopify/customer').replace('"disabled"', '"enabled"');

test('counts a customer who is enabled, and skips the same record while it is disabled', async () => {
  const { answer, event } = await post('customers/enable', enabledCustomer);
  expect(answer).toMatchObject({ accepted: 1, skipped: [] });
  expect(event).toMatchObject({ event_name: 'CompleteRegistration', event_id: '706405506930370084' });
  const { answer: guest, log } = await post('customers/create', captured('shopify/customer'));
  expect(guest).toEqual({ accepted: 0, skipped: ['not_registered'] });
  expect(log).toMatchObject({ detail: 'state' });
});

test('answers the recorded privacy request with 200', async () => {
  const { answer } = await post('customers/redact', captured('shopify-customers-redact'));
  expect(answer).toEqual({ accepted: 0, skipped: ['compliance_topic'] });
});
