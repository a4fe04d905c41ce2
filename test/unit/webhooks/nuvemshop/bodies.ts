/** What Nuvemshop sends and answers, in the shape of its API reference, one hour old. */
import type { Json } from '../../../support/webhooks/webhook-bodies.ts';
import { hoursAgo } from '../../../support/webhooks/webhook-bodies.ts';

export const storeId = '817495';
export const settings = (own: Json = {}): Json => ({
  platform: 'nuvemshop',
  storeId,
  contentId: 'variant_id',
  ...own,
});

/** As the API writes it: the offset has no colon. */
export const apiHoursAgo = (hours: number): string => hoursAgo(hours).replace('+00:00', '+0000');

export const hook = (event: string, changes: Json = {}): Json => ({
  store_id: Number(storeId),
  event,
  id: 871254203,
  ...changes,
});

export const order = (changes: Json = {}): Json => ({
  id: 871254203,
  token: 'b872a1befbcde5aaf0517ecbcc910f5dc005350e',
  store_id: storeId,
  contact_email: 'maria@example.com',
  contact_name: 'Maria da Silva',
  contact_phone: '+5515991234567',
  contact_identification: '75839566500',
  billing_name: 'Maria',
  billing_phone: '+5515991234568',
  billing_address: 'Rua Doutor Azevedo Sampaio',
  billing_zipcode: '18010-220',
  billing_city: 'Sorocaba',
  billing_province: 'São Paulo',
  billing_country: 'BR',
  coupon: [],
  subtotal: '6000.00',
  discount: '600.00',
  total: '5400.00',
  total_usd: '1040.79',
  currency: 'BRL',
  language: 'pt',
  gateway: 'offline',
  gateway_name: 'Transferência',
  extra: {},
  storefront: 'store',
  note: '',
  created_at: apiHoursAgo(1),
  updated_at: apiHoursAgo(1),
  completed_at: { date: '2026-11-20 11:00:00.000000', timezone_type: 3, timezone: 'UTC' },
  payment_details: { method: 'custom', credit_card_company: null, installments: 1 },
  attributes: [],
  customer: {
    id: 105799009,
    name: 'Maria da Silva',
    email: 'account@example.com',
    identification: '75839566500',
    phone: '+5515991234569',
    active: false,
    default_address: { city: 'São Paulo', country: 'BR', province: 'São Paulo', zipcode: '01310-100' },
  },
  products: [
    {
      id: 1069053829,
      name: 'Mesa de Roble',
      price: '3000.00',
      product_id: 111334785,
      quantity: '2',
      variant_id: '426215948',
      sku: 'MESA-1',
    },
    { id: 1069053830, name: 'Embalagem', price: '0.00', product_id: null, quantity: 1, variant_id: null },
  ],
  number: 306,
  cancelled_at: null,
  status: 'open',
  payment_status: 'paid',
  shipping_address: {
    city: 'Votorantim',
    country: 'BR',
    name: 'João Souza',
    phone: 'joao@example.com',
    province: 'São Paulo',
    zipcode: '18110-000',
  },
  paid_at: apiHoursAgo(1),
  landing_url: 'https://loja.example/mesas?utm_source=tiktok&ttclid=E.C.P.landing',
  client_details: { browser_ip: '203.0.113.7', user_agent: 'Mozilla/5.0 Test' },
  app_id: null,
  is_subscription: false,
  is_subscription_initial: false,
  ...changes,
});

export const customer = (changes: Json = {}): Json => ({
  id: 112,
  name: 'Ana Souza',
  email: 'ana@example.com',
  identification: '28776255671',
  phone: '(11) 99123-4567',
  note: null,
  active: true,
  extra: {},
  billing_city: null,
  billing_country: null,
  default_address: { city: 'São Paulo', country: 'BR', province: 'São Paulo', zipcode: '05653-070' },
  addresses: [],
  created_at: apiHoursAgo(1),
  updated_at: apiHoursAgo(1),
  ...changes,
});
