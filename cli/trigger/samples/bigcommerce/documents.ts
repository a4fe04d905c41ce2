/** What BigCommerce's API answers: an order and its products (orders v2), and a customer (customers v3). */
import { digits, emailOf, type Facts, localPhoneOf, uuid } from '../facts.ts';
import { countryName, priceOf } from '../price.ts';
import { attached, type Json, numericId, type SampleContext } from '../sample.ts';
import { internetTime, utcTime } from '../times.ts';

export function orderOf(context: SampleContext, id: number): Json {
  const { facts } = context;
  const { seed, placed, paid, currency, channel = 'www', test, country } = facts;
  const price = priceOf(facts, 4);
  return {
    id,
    customer_id: digits(emailOf(facts) ?? seed, 'customer', 5),
    date_created: internetTime(placed),
    date_modified: internetTime(paid),
    date_shipped: '',
    cart_id: uuid(seed, 'cart'),
    subtotal_ex_tax: price.products,
    subtotal_inc_tax: price.products,
    shipping_cost_inc_tax: price.shipping,
    total_ex_tax: price.total,
    total_inc_tax: price.total,
    total_tax: '0.0000',
    items_total: facts.quantity,
    payment_method: test ? 'Test Payment Gateway' : 'Credit Card',
    payment_status: 'captured',
    refunded_amount: '0.0000',
    ip_address: '203.0.113.34',
    ip_address_v6: '',
    geoip_country: countryName(country),
    geoip_country_iso2: country,
    currency_code: currency,
    currency_exchange_rate: '1.0000000000',
    default_currency_code: currency,
    staff_notes: null,
    customer_message: null,
    is_deleted: false,
    is_email_opt_in: false,
    order_source: channel,
    external_source: null,
    external_id: null,
    channel_id: 1,
    customer_locale: 'en-US',
    billing_address: billingOf(context),
    products: {
      url: `https://api.bigcommerce.com/v2/orders/${id}/products`,
      resource: `/orders/${id}/products`,
    },
  };
}

function billingOf(context: SampleContext): Json {
  const { facts } = context;
  const { first_name, last_name, country } = facts;
  return {
    first_name,
    last_name,
    company: '',
    street_1: '1 Example Street',
    street_2: '',
    city: 'New York',
    state: country === 'US' ? 'New York' : '',
    zip: '10001',
    country: countryName(country),
    country_iso2: country,
    phone: localPhoneOf(facts) ?? '',
    email: emailOf(facts) ?? '',
    form_fields: attached(context).map(([name, value]) => ({ name, value })),
  };
}

export function productsOf(facts: Facts, orderId: number): Json[] {
  const { quantity, sku, product_id, variant_id } = facts;
  const { unit, products } = priceOf(facts, 4);
  return [
    {
      id: 1,
      order_id: orderId,
      product_id: numericId(product_id, 'product_id', () => 77),
      variant_id: numericId(variant_id, 'variant_id', () => 178),
      name: 'Linen Towel',
      sku,
      type: 'physical',
      base_price: unit,
      price_ex_tax: unit,
      price_inc_tax: unit,
      total_ex_tax: products,
      total_inc_tax: products,
      quantity,
      is_refunded: false,
      brand: 'Example Goods',
      product_options: [],
    },
  ];
}

export function customerOf(facts: Facts, id: number): Json {
  const { first_name, last_name, country, placed } = facts;
  return {
    id,
    email: emailOf(facts) ?? '',
    first_name,
    last_name,
    company: '',
    phone: '',
    registration_ip_address: '203.0.113.34',
    notes: '',
    tax_exempt_category: '',
    date_created: utcTime(placed),
    date_modified: utcTime(placed),
    accepts_product_review_abandoned_cart_emails: false,
    origin_channel_id: 1,
    channel_ids: [1],
    form_fields: [],
    addresses: [
      {
        id: 1,
        first_name,
        last_name,
        address1: '1 Example Street',
        city: 'New York',
        state_or_province: country === 'US' ? 'New York' : '',
        postal_code: '10001',
        country: countryName(country),
        country_code: country,
        phone: localPhoneOf(facts) ?? '',
      },
    ],
  };
}
