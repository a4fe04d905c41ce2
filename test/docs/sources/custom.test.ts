/** The sources of docs/sources/custom.md and standard-webhooks.md receive requests as their senders make them. */
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { webhookReceiver, webhookRequest } from '../../support/webhooks/receive-webhooks.ts';
import { hoursAgo, type Json, nowSeconds } from '../../support/webhooks/webhook-bodies.ts';
import { fencedBlocks, readPage } from '../pages.ts';

const sourcesOf = (page: string): Record<string, Json> =>
  Object.assign({}, ...fencedBlocks(readPage(page), 'yaml').map((text) => (parse(text) as Json).sources));
const sources = sourcesOf('docs/sources/custom.md');

const secret = 'a-secret-of-the-sender';
const digest = (data: string, encoding: 'hex' | 'base64', algorithm = 'sha256') =>
  createHmac(algorithm, secret).update(data).digest(encoding);
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

interface Sent {
  readonly source: string;
  readonly body: string;
  readonly headers: Record<string, string>;
  readonly query?: Record<string, string>;
}

async function deliver({ source, body, headers, query }: Sent) {
  const { receive, sent } = await webhookReceiver({
    settings: sources[source] ?? {},
    secrets: [[secret]],
    destinations: { default: { pixelCode: 'P', eventSource: 'web', country: 'US' } },
  });
  const { response } = await receive(
    webhookRequest(body, headers, query && { queryStringParameters: query }),
  );
  const events = sent.map((message) => (JSON.parse(message.body) as { event: Json }).event);
  const { status, statusCode = status, body: text } = response as Json;
  return { status: statusCode, answer: text, events };
}

const typeformBody = JSON.stringify({
  event_id: '01',
  event_type: 'form_response',
  form_response: {
    token: 'tok1',
    submitted_at: hoursAgo(1),
    hidden: { ttclid: 'E.C.P.abc' },
    answers: [
      { type: 'text', text: 'Ada' },
      { type: 'email', email: 'ada@example.com' },
      { type: 'phone_number', phone_number: '+12133734253' },
    ],
  },
});
const ticketBody = JSON.stringify({ ticket: { id: 35436, requester_email: 'ada@example.com' } });
const calendlyBody = (changes: Json = {}) =>
  JSON.stringify({
    event: 'invitee.created',
    payload: {
      uri: 'https://api.calendly.com/scheduled_events/A/invitees/B',
      created_at: hoursAgo(1),
      email: 'ada@example.com',
      old_invitee: null,
      ...changes,
    },
  });
const kiwifyBody = JSON.stringify({
  order_id: 'b6ba3959-30b5-44fc-a3e5-2c61e3d68ee5',
  webhook_event_type: 'order_approved',
  order_status: 'paid',
  Product: { product_id: '2e138970', product_name: 'Curso' },
  Customer: { email: 'joao@example.com', full_name: 'João', mobile: '(11) 91234-5678' },
  Commissions: { charge_amount: 5073 },
});
const gumroadBody = new URLSearchParams({
  sale_id: 'FO8TXN-dvaYbBbahG97a-Q==',
  short_product_id: 'abcde',
  email: 'ada@example.com',
  price: '1999',
  currency: 'usd',
  quantity: '2',
  'url_params[ttclid]': 'E.C.P.abc',
}).toString();
const thrivecartBody = new URLSearchParams({
  event: 'order.success',
  thrivecart_secret: secret,
  order_id: '123456',
  currency: 'USD',
  'customer[email]': 'ada@example.com',
  'order[total]': '2900',
}).toString();
const caktoBody = JSON.stringify({
  secret,
  event: 'purchase_approved',
  data: { id: '1f1c81d2', customer: { email: 'tulio@example.com', phone: '5534991462388' }, amount: 39.9 },
});
const haravanBody = JSON.stringify({
  id: 1_083_218_743,
  financial_status: 'paid',
  email: 'an@example.com',
  total_price: 350_000,
  currency: 'VND',
  billing_address: { phone: '0912345678' },
  line_items: [{ variant_id: 22, quantity: 1, price: 350_000 }],
});
const crmBody = JSON.stringify({ type: 'customer.created', data: { id: 7, email: 'ada@example.com' } });

const recipes: readonly (readonly [Sent, Json])[] = [
  [
    {
      source: 'typeform',
      body: typeformBody,
      headers: { ...json, 'typeform-signature': `sha256=${digest(typeformBody, 'base64')}` },
    },
    { event_name: 'Lead', event_id: 'tok1', ttclid: 'E.C.P.abc', event_time: nowSeconds - 3600 },
  ],
  [
    {
      source: 'zendesk',
      body: ticketBody,
      headers: {
        ...json,
        'x-zendesk-webhook-signature-timestamp': hoursAgo(0).replace('+00:00', 'Z'),
        'x-zendesk-webhook-signature': digest(hoursAgo(0).replace('+00:00', 'Z') + ticketBody, 'base64'),
      },
    },
    { event_name: 'Lead', event_id: '35436' },
  ],
  [
    {
      source: 'calendly',
      body: calendlyBody(),
      headers: {
        ...json,
        'calendly-webhook-signature': `t=${nowSeconds},v1=${digest(`${nowSeconds}.${calendlyBody()}`, 'hex')}`,
      },
    },
    { event_name: 'Schedule', event_id: 'https://api.calendly.com/scheduled_events/A/invitees/B' },
  ],
  [
    {
      source: 'kiwify',
      body: kiwifyBody,
      headers: json,
      query: { signature: digest(kiwifyBody, 'hex', 'sha1') },
    },
    {
      event_name: 'Purchase',
      value: 50.73,
      currency: 'BRL',
      contents: [{ content_id: '2e138970', quantity: 1 }],
    },
  ],
  [
    { source: 'gumroad', body: gumroadBody, headers: form, query: { token: secret } },
    {
      event_id: 'FO8TXN-dvaYbBbahG97a-Q==',
      value: 19.99,
      currency: 'USD',
      ttclid: 'E.C.P.abc',
      contents: [{ content_id: 'abcde', quantity: 2 }],
    },
  ],
  [
    { source: 'thrivecart', body: thrivecartBody, headers: form },
    { event_id: '123456', value: 29, currency: 'USD' },
  ],
  [
    { source: 'cakto', body: caktoBody, headers: json },
    { event_id: '1f1c81d2', value: 39.9, currency: 'BRL' },
  ],
  [
    {
      source: 'haravan',
      body: haravanBody,
      headers: { ...json, 'x-haravan-hmacsha256': digest(haravanBody, 'base64') },
    },
    {
      event_id: '1083218743',
      value: 350_000,
      currency: 'VND',
      contents: [{ content_id: '22', quantity: 1, price: 350_000 }],
    },
  ],
  [
    { source: 'crm', body: crmBody, headers: { ...json, 'x-crm-signature': digest(crmBody, 'base64') } },
    { event_name: 'CompleteRegistration', event_id: '7' },
  ],
];

test.each(recipes)(
  'custom.md shows a source that turns $source’s request into an event',
  async (sent, event) => {
    const { status, events } = await deliver(sent);
    expect([status, events]).toMatchObject([200, [event]]);
  },
);

test.each(recipes)(
  'custom.md shows a source that rejects a request of $source without its proof',
  async (sent) => {
    const body = sent.body.replaceAll(secret, 'guess');
    const { status, events } = await deliver({ ...sent, headers: json, query: {}, body });
    expect([status, events]).toEqual([401, []]);
  },
);

test('custom.md shows sources for each of its recipes', () => {
  const tested = recipes.map(([{ source }]) => source);
  expect(Object.keys(sources).sort()).toEqual([...tested, 'stripe-payments'].sort());
});

test('skips a rescheduled booking of Calendly', async () => {
  const body = calendlyBody({ old_invitee: 'https://api.calendly.com/scheduled_events/A/invitees/A' });
  const value = `t=${nowSeconds},v1=${digest(`${nowSeconds}.${body}`, 'hex')}`;
  const headers = { ...json, 'calendly-webhook-signature': value };
  const { answer } = await deliver({ source: 'calendly', body, headers });
  expect(answer).toBe('{"accepted":0,"skipped":["filtered"]}');
});

const payment = { id: 'pi_1', amount_received: 1999, currency: 'usd', receipt_email: 'ada@example.com' };
const invoice = { id: 'in_1', amount_paid: 800, currency: 'jpy', customer_email: 'ada@example.com' };

test.each<[string, Json, Json | 'filtered', Json?]>([
  [
    'payment_intent.succeeded',
    payment,
    { event_name: 'Purchase', event_id: 'pi_1', value: 19.99, currency: 'USD' },
  ],
  [
    'payment_intent.succeeded',
    { ...payment, metadata: { event_id: 'order-7', ttclid: 'E.C.P.abc' } },
    { event_id: 'order-7', ttclid: 'E.C.P.abc' },
  ],
  ['payment_intent.succeeded', { ...payment, invoice: 'in_1' }, 'filtered'],
  ['payment_intent.succeeded', payment, 'filtered', { livemode: false }],
  [
    'invoice.paid',
    { ...invoice, billing_reason: 'subscription_create' },
    { event_name: 'Subscribe', event_id: 'in_1', value: 800, currency: 'JPY' },
  ],
  ['invoice.paid', { ...invoice, billing_reason: 'subscription_cycle' }, 'filtered'],
  ['charge.refunded', payment, 'filtered'],
])(
  'custom.md counts %s of Stripe, signed by its own library, as it says: case %#',
  async (type, object, event, more) => {
    const body = JSON.stringify({
      id: 'evt_1',
      type,
      created: nowSeconds,
      livemode: true,
      data: { object },
      ...more,
    });
    const { webhooks } = new Stripe('sk_test_none');
    const signed = webhooks.generateTestHeaderString({ payload: body, secret, timestamp: nowSeconds });
    const { status, events, answer } = await deliver({
      source: 'stripe-payments',
      body,
      headers: { ...json, 'stripe-signature': signed },
    });
    expect(status).toBe(200);
    if (event === 'filtered') expect(answer).toBe('{"accepted":0,"skipped":["filtered"]}');
    else expect(events).toMatchObject([event]);
  },
);

test('standard-webhooks.md shows a source that counts a registration of Clerk, in the headers of Svix', async () => {
  const whsec = 'whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0';
  const body = JSON.stringify({
    type: 'user.created',
    data: {
      id: 'user_29w83',
      created_at: (nowSeconds - 60) * 1000,
      primary_email_address_id: 'idn_2',
      email_addresses: [
        { id: 'idn_1', email_address: 'old@example.com' },
        { id: 'idn_2', email_address: 'ada@example.com' },
      ],
      unsafe_metadata: { ttclid: 'E.C.P.abc' },
    },
    event_attributes: { http_request: { client_ip: '203.0.113.9', user_agent: 'Mozilla/5.0' } },
  });
  const headers = {
    ...json,
    'svix-id': 'msg_1',
    'svix-timestamp': String(nowSeconds),
    'svix-signature': new Webhook(whsec).sign('msg_1', new Date(nowSeconds * 1000), body),
  };
  const settings = sourcesOf('docs/sources/standard-webhooks.md').clerk ?? {};
  const { receive, sent } = await webhookReceiver({ settings, secrets: [[whsec]] });
  await receive(webhookRequest(body, headers));
  expect(sent.map((message) => (JSON.parse(message.body) as { event: Json }).event)).toMatchObject([
    {
      event_name: 'CompleteRegistration',
      event_id: 'user_29w83',
      event_time: nowSeconds - 60,
      email: 'ada@example.com',
      ttclid: 'E.C.P.abc',
      ip: '203.0.113.9',
    },
  ]);
});
