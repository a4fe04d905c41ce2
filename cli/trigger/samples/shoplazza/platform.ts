/** Shoplazza's topics (shoplazza.dev: Webhooks, Order Properties). */
import { digits, emailOf, type Facts, localPhoneOf, token, uuid } from '../facts.ts';
import { countryName, priceOf } from '../price.ts';
import { type Json, type SamplePlatform, shopOf } from '../sample.ts';
import { utcTime } from '../times.ts';

export const shoplazzaSamples: SamplePlatform = {
  platform: 'shoplazza',
  hasTopicHeader: true,
  headers: (context) => ({
    'x-shoplazza-topic': context.topic,
    'x-shoplazza-shop-domain': shopOf(context, 'example.myshoplaza.com'),
  }),
  samples: [
    {
      topic: 'orders/paid',
      when: 'an order is paid',
      build: ({ facts }) => ({ body: { order: orderOf(facts, paid(facts)) } }),
    },
    {
      topic: 'orders/create',
      when: 'an order is placed, here with cash on delivery',
      build: ({ facts }) => ({ body: { order: orderOf(facts, unpaid(facts)) } }),
    },
    {
      topic: 'orders/update',
      when: 'an order changes, here to paid',
      build: ({ facts }) => ({ body: { order: orderOf(facts, paid(facts)) } }),
    },
  ],
};

/** The channel of Shoplazza's test payments is `bogus`. */
const paid = (facts: Facts): Json => ({
  financial_status: 'paid',
  payment_method: 'online',
  updated_at: utcTime(facts.paid),
  payment_line: {
    payment_channel: facts.test ? 'bogus' : 'paypal',
    payment_method: 'online',
    transaction_no: token(facts.seed, 'payment', 17).toUpperCase(),
  },
});

const unpaid = (facts: Facts): Json => ({
  financial_status: 'waiting',
  payment_method: 'cod',
  updated_at: utcTime(facts.placed),
  payment_line: { payment_channel: 'cod', payment_method: 'cod', transaction_no: '' },
});

function orderOf(facts: Facts, payment: Json): Json {
  const { seed, id = `11218-${digits(seed, 'order', 8)}`, currency, placed, ttclid } = facts;
  const page = 'https://shop.example.com/products/linen-towel';
  const { total } = priceOf(facts, 2);
  return {
    id,
    number: id.split('-').at(-1),
    status: 'placed',
    fulfillment_status: 'waiting',
    cancel_reason: null,
    buyer_accepts_marketing: false,
    currency,
    total_price: total,
    total_refund_price: '0.00',
    tags: '',
    created_at: utcTime(placed),
    placed_at: utcTime(placed),
    canceled_at: null,
    browser_ip: '203.0.113.34',
    landing_site: page,
    last_landing_url: ttclid === null ? page : `${page}?ttclid=${encodeURIComponent(ttclid)}`,
    source_name: { data: 'Direct', created_at: utcTime(placed) },
    customer: customerOf(facts),
    shipping_address: addressOf(facts),
    billing_address: addressOf(facts),
    payment_lines: [],
    line_items: [lineOf(facts)],
    fulfillments: [],
    ...payment,
  };
}

const customerOf = (facts: Facts): Json => ({
  id: uuid(emailOf(facts) ?? facts.seed, 'customer'),
  email: emailOf(facts) ?? '',
  first_name: facts.first_name,
  last_name: facts.last_name,
  phone: '',
  orders_count: 1,
});

function addressOf(facts: Facts): Json {
  const { first_name, last_name, country } = facts;
  const isUs = country === 'US';
  return {
    first_name,
    last_name,
    address1: '1 Example Street',
    phone: localPhoneOf(facts) ?? '',
    city: 'New York',
    zip: '10001',
    province: isUs ? 'New York' : '',
    province_code: isUs ? 'US-NY' : '',
    country: countryName(country),
    country_code: country,
    phone_area_code: '',
    email: emailOf(facts) ?? '',
  };
}

function lineOf(facts: Facts): Json {
  const { seed, sku, quantity, product_id, variant_id } = facts;
  const { unit, products } = priceOf(facts, 2);
  return {
    id: uuid(seed, 'line'),
    product_id: product_id ?? 'db4469f3-5e56-4c69-a2b6-03e81d24d5b5',
    variant_id: variant_id ?? '5d1c2e7a-1111-4222-8333-444455556666',
    product_title: 'Linen Towel',
    variant_title: 'Beige',
    quantity,
    sku,
    vendor: 'Example Goods',
    price: unit,
    total: products,
  };
}
