import { describe, expect, it } from 'vitest';
import { eventSchema } from '../../../lib/events/fields/table.ts';
import { clamp } from '../../../lib/payload/contents.ts';
import { decodeHtml } from '../../../lib/payload/html-entities.ts';
import { fromMinorUnits } from '../../../lib/payload/money.ts';
import { pageUrl } from '../../../lib/payload/page-url.ts';
import { publicIp } from '../../../lib/payload/visitor.ts';
import { grantingWords, readChoice } from '../../../lib/webhooks/rules/consent.ts';
import { conversionTime, isStale } from '../../../lib/webhooks/rules/freshness.ts';
import { maxLengths } from '../../../lib/webhooks/text-lengths.ts';
import { isShopAllowed, isWooPing, webhookTopic } from '../../../lib/webhooks/webhook-topic.ts';
import { platform } from './signatures/requests.ts';

it.each(Object.entries(maxLengths))('%s is cut where its field ends', (name, length) => {
  const parse = (text: string) => eventSchema().safeParse({ event_name: 'X', [name]: text }).success;
  expect([parse('x'.repeat(length)), parse('x'.repeat(length + 1))]).toEqual([true, false]);
});

it('a text is never cut inside a character', () => {
  expect(clamp('ab😀', 3)).toBe('ab');
  expect(clamp('ab😀', 4)).toBe('ab😀');
  expect(clamp('a\ud800b', 9)).toBe('a\ufffdb');
});

it.each([
  ['Ship &ndash; A &amp; B', 'Ship – A & B'],
  ['&#8211;&#x2013;&#X2013;', '–––'],
  ['&eacute;&Eacute;&szlig;&yuml;&iexcl;', 'éÉßÿ¡'],
  ['&amp;ndash;', '&ndash;'],
  ['&nothing; &toString; AT&T', '&nothing; &toString; AT&T'],
  ['&#0;&#9999999;', '&#0;&#9999999;'],
  ['<span class="x">Pen</span> 3 < 4', 'Pen 3 < 4'],
])('%s reads as %s', (html, text) => {
  expect(decodeHtml(html)).toBe(text);
});

it.each<[number, string, 'iso' | 'stripe', number]>([
  [1999, 'USD', 'iso', 19.99],
  [1, 'EUR', 'iso', 0.01],
  [800, 'JPY', 'stripe', 800],
  [1234, 'KWD', 'stripe', 1.234],
  [500, 'ISK', 'stripe', 5],
  [500, 'ISK', 'iso', 500],
])('%d minor units of %s (%s) are %d', (amount, currency, counts, expected) => {
  expect(fromMinorUnits(amount, currency, counts)?.amount).toBe(expected);
});

it.each<[string | undefined, string | undefined, string | undefined]>([
  ['/a/b?x=1#y', 'shop.example', 'https://shop.example/a/b'],
  ['a', 'https://shop.example/x?key=1', 'https://shop.example/a'],
  ['https://user:pw@www.example/a?x', 'shop.example', 'https://www.example/a'],
  [undefined, 'https://shop.example/x?key=1', 'https://shop.example/'],
  ['/account/reset/1/abc', 'shop.example', 'https://shop.example/'],
  ['/checkouts/ac/token/recover', 'shop.example', 'https://shop.example/'],
  ['/gift_cards/123/3f2a', 'shop.example', 'https://shop.example/'],
  ['/123/invoices/3f2a', 'shop.example', 'https://shop.example/'],
  ['/tools/portal/0123456789abcdef0123', 'shop.example', 'https://shop.example/'],
  ['/pages/unsubscribe/jane@example.com', 'shop.example', 'https://shop.example/'],
  ['/pages/unsubscribe/jane%40example.com', 'shop.example', 'https://shop.example/'],
  ['android-app://com.example/a', 'shop.example', 'https://shop.example/'],
  ['javascript:alert(1)', 'shop.example', 'https://shop.example/'],
  ['javascript:alert(1)', undefined, undefined],
  [undefined, 'ftp://shop.example/', undefined],
  ['/a', undefined, undefined],
  [undefined, undefined, undefined],
  [`/${'x'.repeat(5000)}`, 'shop.example', 'https://shop.example/'],
])('the page %s of %s is told as %s', (landing, origin, page) => {
  expect(pageUrl(landing, origin)).toBe(page);
});

it.each<[string | null, string | undefined]>([
  ['203.0.113.1', '203.0.113.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['192.168.1.1', undefined],
  ['172.20.0.1', undefined],
  ['127.0.0.1', undefined],
  ['::1', undefined],
  ['fe80::1', undefined],
  ['2001:db8::1%eth0', undefined],
  ['::', undefined],
  ['1.2.3', undefined],
  [null, undefined],
])('the address %s counts as %s', (given, expected) => {
  expect(publicIp(given)).toBe(expected);
});

describe('consent', () => {
  it.each([...grantingWords])('%s grants, in any case', (word) => {
    expect(readChoice(new Map([['k', word.toUpperCase()]]), ['K'])).toBe('granted');
  });
  it.each(['denied', 'no', 'false', '0', 'off', 'opt_out', 'perhaps'])('%s does not', (word) => {
    expect(readChoice(new Map([['k', word]]), ['k'])).toBe('denied');
  });
  it('is unknown without a word', () => {
    expect(readChoice(new Map([['other', 'yes']]), ['k'])).toBe('unknown');
  });
});

it('47 hours are fresh, and not a second more', () => {
  expect(isStale(1000, (1000 + 47 * 3600) * 1000 - 1)).toBe(false);
  expect(isStale(1000, (1000 + 47 * 3600) * 1000)).toBe(true);
});

it('a payment counts at the order’s time for a day', () => {
  const day = 86_400;
  expect(conversionTime(1000, 1000 + day)).toBe(1000);
  expect(conversionTime(1000, 1001 + day)).toBe(1001 + day);
  expect(conversionTime(undefined, 7)).toBe(7);
});

describe('what a webhook is about', () => {
  it.each<[string, Record<string, string>, unknown, string]>([
    ['shopify', { 'X-Shopify-Topic': 'orders/paid' }, {}, 'orders/paid'],
    ['shopify', { 'shopify-topic': 'orders/paid' }, {}, 'orders/paid'],
    ['shopify', {}, {}, ''],
    ['woocommerce', { 'X-WC-Webhook-Topic': 'order.updated' }, {}, 'order.updated'],
    ['woocommerce', { 'x-wc-webhook-resource': 'order' }, {}, ''],
    ['stripe', {}, { type: 'charge.refunded' }, 'charge.refunded'],
    ['stripe', {}, null, ''],
    ['standard', {}, { type: 'x' }, ''],
  ])('%s %j: %s', (name, headers, payload, topic) => {
    expect(webhookTopic(platform(name), headers, payload)).toBe(topic);
  });

  const form = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };
  it.each<[string, Record<string, string>, string, boolean]>([
    ['woocommerce', form, 'webhook_id=12', true],
    ['woocommerce', form, 'webhook_id=12&a=1', false],
    ['woocommerce', form, 'webhook_id=', false],
    ['woocommerce', { 'content-type': 'application/json' }, 'webhook_id=12', false],
    ['woocommerce', {}, 'webhook_id=12', false],
    ['shopify', form, 'webhook_id=12', false],
  ])('a ping of %s %j %s: %s', (name, headers, body, isPing) => {
    expect(isWooPing(platform(name), headers, Buffer.from(body))).toBe(isPing);
  });

  it.each<[string, string[], Record<string, string>, boolean]>([
    ['shopify', [], {}, true],
    ['shopify', ['a.myshopify.com'], { 'x-shopify-shop-domain': 'A.myshopify.com' }, true],
    ['shopify', ['a.myshopify.com'], { 'x-shopify-shop-domain': 'b.myshopify.com' }, false],
    ['shopify', ['a.myshopify.com'], {}, false],
    ['woocommerce', ['shop.example'], { 'x-wc-webhook-source': 'https://shop.example/sub/' }, true],
    ['woocommerce', ['shop.example'], { 'x-wc-webhook-source': 'shop.example' }, false],
  ])('%s allows %j for %j: %s', (name, shops, headers, isAllowed) => {
    expect(isShopAllowed(platform(name, { shops }), headers)).toBe(isAllowed);
  });
});
