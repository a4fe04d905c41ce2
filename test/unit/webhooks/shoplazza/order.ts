/** A paid Shoplazza order, with the fields of Shoplazza's API reference (Order Properties), as its webhooks wrap it. */
import { hoursAgo, type Json } from '../../../support/webhooks/webhook-bodies.ts';

export const settings = (changes: Json = {}): Json => ({
  platform: 'shoplazza',
  contentId: 'variant_id',
  ...changes,
});

/** Shoplazza writes UTC with a Z. */
export const placedHoursAgo = (hours: number): string => hoursAgo(hours).replace('+00:00', 'Z');

export const shipping = {
  first_name: 'Bob',
  last_name: 'Norman',
  address1: 'Chestnut Street 92',
  phone: '502-625-1199',
  city: 'Louisville',
  zip: '40202',
  province: 'Kentucky',
  province_code: 'US-KY',
  country: 'United States',
  country_code: 'US',
  phone_area_code: '80',
  email: 'bob.shipping@example.com',
};

export const line = {
  id: '9b0f3c1e-0000-4000-8000-000000000001',
  product_id: 'db4469f3-5e56-4c69-a2b6-03e81d24d5b5',
  variant_id: '5d1c2e7a-1111-4222-8333-444455556666',
  product_title: 'Linen shirt',
  variant_title: 'Red / M',
  quantity: 2,
  sku: 'SHIRT-RED-M',
  vendor: 'Northwind',
  price: '12.34',
  total: '24.68',
};

export const customer = {
  id: 'ef0318fe-e0ed-4551-a5bc-8b8e36c4f90f',
  email: 'bob.norman@example.com',
  first_name: 'Bob',
  last_name: 'Norman',
  phone: '',
  orders_count: 1,
};

export const order = (changes: Json = {}): Json => ({
  id: '11218-00000001',
  number: '00000001',
  status: 'placed',
  financial_status: 'paid',
  fulfillment_status: 'waiting',
  cancel_reason: null,
  payment_method: 'online',
  buyer_accepts_marketing: false,
  currency: 'USD',
  total_price: '35.68',
  total_refund_price: '0.00',
  tags: 'a, b',
  created_at: placedHoursAgo(2),
  placed_at: placedHoursAgo(1),
  updated_at: placedHoursAgo(0.5),
  canceled_at: null,
  browser_ip: '203.0.113.80',
  landing_site: 'https://www.example.com/?source=abc',
  last_landing_url: 'https://www.example.com/products/linen-shirt?ttclid=E.C.P.9&source=tiktok',
  source_name: { data: 'Direct', created_at: placedHoursAgo(2) },
  customer,
  shipping_address: shipping,
  billing_address: { ...shipping, email: 'bob.billing@example.com', province_code: 'KY' },
  payment_line: { payment_channel: 'paypal', payment_method: 'online', transaction_no: '52Y26167A2351800A' },
  payment_lines: [],
  line_items: [line],
  fulfillments: [],
  ...changes,
});

/** A delivery for the helpers of test/support/webhooks/webhook-bodies.ts. */
export const delivery = (changes: Json = {}, own: Json = {}, topic = 'orders/paid') => ({
  settings: settings(own),
  topic,
  headers: { 'x-shoplazza-topic': topic, 'x-shoplazza-shop-domain': 'example.myshoplaza.com' },
  body: { order: order(changes) },
});
