/** What BigCommerce sends and answers, in the shape of its API reference (orders v2, customers v3), one hour old. */
import type { Json } from '../../../support/webhooks/webhook-bodies.ts';
import { nowSeconds } from '../../../support/webhooks/webhook-bodies.ts';

export const storeHash = 'abc123';
export const settings = (own: Json = {}): Json => ({
  platform: 'bigcommerce',
  storeHash,
  contentId: 'sku_or_variant_id',
  ...own,
});

/** RFC 2822 in UTC, as the orders API writes it. */
export const internetHoursAgo = (hours: number): string =>
  new Date((nowSeconds - hours * 3600) * 1000).toUTCString().replace('GMT', '+0000');

export const hook = (scope: string, data: Json, changes: Json = {}): Json => ({
  scope,
  store_id: '1025646',
  data,
  hash: '7ee67cd1cf2ca60bc1aa9e5fe957d2de373be4ca',
  created_at: nowSeconds - 3600,
  producer: `stores/${storeHash}`,
  ...changes,
});

/** The order goes from one status to another: from Incomplete to Awaiting Fulfillment unless given. */
export const statusHook = (from: unknown = 0, to: unknown = 11, changes: Json = {}): Json =>
  hook(
    'store/order/statusUpdated',
    { type: 'order', id: 250, status: { previous_status_id: from, new_status_id: to } },
    changes,
  );

export const order = (changes: Json = {}): Json => ({
  id: 250,
  customer_id: 11,
  date_created: internetHoursAgo(1),
  date_modified: internetHoursAgo(1),
  status_id: 11,
  status: 'Awaiting Fulfillment',
  cart_id: 'a8458391-ef68-4fe5-9ec1-442e6a767364',
  subtotal_inc_tax: '49.9500',
  total_inc_tax: '54.9500',
  payment_method: 'Credit Card',
  payment_status: 'captured',
  ip_address: '203.0.113.7',
  ip_address_v6: '',
  geoip_country_iso2: 'US',
  currency_code: 'USD',
  currency_exchange_rate: '1.0000000000',
  default_currency_code: 'USD',
  is_deleted: false,
  is_email_opt_in: true,
  order_source: 'www',
  external_source: null,
  channel_id: 1,
  customer_locale: 'en-US',
  billing_address: billing(),
  products: { url: 'https://api.bigcommerce.com/…', resource: '/orders/250/products' },
  ...changes,
});

export function billing(changes: Json = {}): Json {
  return {
    first_name: 'Jane',
    last_name: 'Doe',
    company: '',
    street_1: '123 Main Street',
    city: 'Austin',
    state: 'Texas',
    zip: '78751',
    country: 'United States',
    country_iso2: 'US',
    phone: '(512) 555-0143',
    email: 'jane@example.com',
    form_fields: [],
    ...changes,
  };
}

export const products = (changes: Json = {}): Json[] => [
  {
    id: 1,
    order_id: 250,
    product_id: 77,
    variant_id: 178,
    name: 'Fog Linen Towel',
    sku: 'TOWEL-BEIGE',
    type: 'physical',
    price_inc_tax: '16.6500',
    price_ex_tax: '15.0000',
    quantity: 3,
    brand: 'Fog',
    ...changes,
  },
  {
    id: 2,
    order_id: 250,
    product_id: 0,
    variant_id: null,
    name: 'Gift card',
    sku: '',
    type: 'giftcertificate',
  },
];

export const customer = (changes: Json = {}): Json => ({
  id: 32,
  email: 'new@example.com',
  first_name: 'Ron',
  last_name: 'Swimmer',
  phone: '',
  registration_ip_address: '203.0.113.8',
  date_created: new Date((nowSeconds - 3600) * 1000).toISOString(),
  origin_channel_id: 1,
  addresses: [
    {
      first_name: 'Ronald',
      last_name: 'Swimmer',
      city: 'San Francisco',
      state_or_province: 'California',
      postal_code: '33333',
      country_code: 'US',
      phone: '(415) 555-0143',
    },
  ],
  ...changes,
});

export const customerHook = (changes: Json = {}): Json =>
  hook('store/customer/created', { type: 'customer', id: 32 }, changes);
