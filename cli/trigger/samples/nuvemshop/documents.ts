/** What Nuvemshop's API answers: an order and a customer (tiendanube.github.io/api-documentation, v1). */
import { digits, emailOf, type Facts, phoneOf, token } from '../facts.ts';
import { priceOf } from '../price.ts';
import { attached, type Json, numericId, type SampleContext } from '../sample.ts';
import { compactUtcTime } from '../times.ts';

interface OrderFacts {
  readonly id: number;
  readonly storeId: string;
  readonly isPaid: boolean;
}

export function orderOf(context: SampleContext, { id, storeId, isPaid }: OrderFacts): Json {
  const { facts } = context;
  const { seed, first_name, last_name, currency, placed, ttclid, channel = 'store' } = facts;
  const { total, products, shipping } = priceOf(facts, 2);
  const page = 'https://loja.example.com/produtos/toalha-de-linho/';
  return {
    id,
    token: token(seed, 'order', 40),
    store_id: storeId,
    number: digits(seed, 'number', 4),
    contact_email: emailOf(facts),
    contact_name: `${first_name} ${last_name}`,
    contact_phone: phoneOf(facts),
    contact_identification: null,
    ...billingOf(facts),
    coupon: [],
    subtotal: products,
    discount: '0.00',
    shipping_cost_customer: shipping,
    total,
    currency,
    language: 'pt',
    // A form of the storefront writes these.
    extra: Object.fromEntries(attached(context)),
    storefront: channel,
    note: '',
    created_at: compactUtcTime(placed),
    attributes: [],
    customer: customerOf(facts, digits(emailOf(facts) ?? seed, 'customer', 9)),
    products: [lineOf(facts)],
    cancelled_at: null,
    status: 'open',
    shipping_address: addressOf(facts),
    ...paymentOf(facts, isPaid),
    landing_url: ttclid === null ? page : `${page}?ttclid=${encodeURIComponent(ttclid)}`,
    client_details: {
      browser_ip: '203.0.113.34',
      user_agent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    },
    app_id: null,
    is_subscription: false,
    is_subscription_initial: false,
  };
}

const billingOf = (facts: Facts): Json => ({
  billing_name: facts.first_name,
  billing_phone: phoneOf(facts),
  billing_address: 'Example Street',
  billing_number: '1',
  billing_zipcode: '10001',
  billing_city: 'New York',
  billing_province: 'New York',
  billing_country: facts.country,
});

const paymentOf = ({ placed, paid }: Facts, isPaid: boolean): Json => ({
  gateway: isPaid ? 'nuvem-pago' : 'offline',
  gateway_name: isPaid ? 'Nuvem Pago' : 'Transferência',
  updated_at: compactUtcTime(isPaid ? paid : placed),
  payment_details: {
    method: isPaid ? 'credit_card' : 'custom',
    credit_card_company: null,
    installments: 1,
  },
  payment_status: isPaid ? 'paid' : 'pending',
  paid_at: isPaid ? compactUtcTime(paid) : null,
});

const addressOf = ({ first_name, last_name, country }: Facts): Json => ({
  name: `${first_name} ${last_name}`,
  address: 'Example Street',
  number: '1',
  city: 'New York',
  province: 'New York',
  zipcode: '10001',
  country,
});

function lineOf(facts: Facts): Json {
  const { seed, quantity, sku, product_id, variant_id } = facts;
  return {
    id: digits(seed, 'line', 10),
    name: 'Linen Towel (Beige)',
    price: priceOf(facts, 2).unit,
    product_id: numericId(product_id, 'product_id', () => 111334785),
    quantity: `${quantity}`,
    variant_id: `${numericId(variant_id, 'variant_id', () => 426215948)}`,
    sku,
  };
}

/** `active` is true once the owner has activated the account. */
export function customerOf(facts: Facts, id: number): Json {
  const { first_name, last_name, placed } = facts;
  return {
    id,
    name: `${first_name} ${last_name}`,
    email: emailOf(facts),
    identification: null,
    phone: phoneOf(facts),
    note: null,
    active: true,
    extra: {},
    billing_city: null,
    billing_country: null,
    default_address: addressOf(facts),
    addresses: [],
    created_at: compactUtcTime(placed),
    updated_at: compactUtcTime(placed),
  };
}
