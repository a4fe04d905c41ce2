/** A good event of the API, to start from. */
import type { Random } from '../../support/random.ts';
import { nowMs } from '../doors/door.ts';
import { canary } from './canary.ts';

/** @returns a good event of a person whose data must not show up, with some of its fields */
export function event(random: Random): Record<string, unknown> {
  const all: readonly (readonly [string, unknown])[] = [
    ['event_id', `order-${random.between(1, 1_000_000)}`],
    ['event_time', nowMs / 1000 - random.between(0, 86_400)],
    ...Object.entries(canary),
    ['external_id', ['customer-7', canary.email]],
    ['zip_code', '90210'],
    ['city', 'Springfield'],
    ['state', 'CA'],
    ['country', 'US'],
    ['ttclid', 'E.C.P.1'],
    ['ip', '203.0.113.7'],
    ['user_agent', 'Mozilla/5.0 (iPhone)'],
    ['locale', 'en-US'],
    ['value', '49.90'],
    ['currency', 'usd'],
    ['order_id', '1001'],
    ['content_type', 'product'],
    ['contents', [{ content_id: 'sku-1', price: 49.9, quantity: 1, content_name: 'Towel' }]],
    ['page_url', `https://shop.example/thanks?email=${canary.email}&ttclid=E.C.P.2`],
    ['page_referrer', `https://shop.example/u/${encodeURIComponent(canary.email)}/`],
    ['search_string', `orders of ${canary.email}`],
    ['query', 'linen towel'],
    ['custom_properties', { tier: 'gold', list: [1, 2], deep: { a: 1 } }],
    ['limited_data_use', false],
    ['consent', 'granted'],
    ['destination', 'shop'],
    ['lead', { lead_id: '1' }],
    ['app', { app_id: '1', app_name: 'a' }],
    ['ad', { callback: 'c' }],
  ];
  const kept = all.filter(() => random.isHit(0.6));
  return { event_name: 'Purchase', email: canary.email, ...Object.fromEntries(kept) };
}
