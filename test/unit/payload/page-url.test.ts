import { expect, test } from 'vitest';
import { pageUrl, referrerUrl } from '../../../lib/payload/page-url.ts';

test.each<[string | undefined, string | undefined, string | undefined]>([
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
  ['/pages/unsubscribe/jane%2540example.com', 'shop.example', 'https://shop.example/'],
  ['/pages/callback/+12133734253', 'shop.example', 'https://shop.example/'],
  ['/pages/callback/%2B12133734253', 'shop.example', 'https://shop.example/'],
  ['/products/iphone-15-00-7', 'shop.example', 'https://shop.example/products/iphone-15-00-7'],
  ['ios-app://544007664/https/shop.example', 'shop.example', 'https://shop.example/'],
  ['about:blank', 'shop.example', 'https://shop.example/'],
  ['about:client', undefined, undefined],
  ['data:text/html,a', 'shop.example', 'https://shop.example/'],
  ['', 'shop.example', 'https://shop.example/'],
  ['?email=ada@example.com', 'shop.example', 'https://shop.example/'],
  ['#/a?email=ada@example.com', 'shop.example', 'https://shop.example/'],
  ['//www.example/a?x', 'shop.example', 'https://www.example/a'],
  // A slash too many in the link of an ad: no storefront has a host without a dot.
  ['//collections/all?ttclid=E.C.P.a', 'shop.example', 'https://shop.example/collections/all'],
  ['///collections//all', 'shop.example', 'https://shop.example/collections//all'],
  ['/\\collections/all', 'shop.example', 'https://shop.example/collections/all'],
  ['//?x=1', 'shop.example', 'https://shop.example/'],
  ['//account/reset/1/abc', 'shop.example', 'https://shop.example/'],
  ['/a', 'android-app://com.example', undefined],
  ['javascript:alert(1)', 'shop.example', 'https://shop.example/'],
  ['javascript:alert(1)', undefined, undefined],
  [undefined, 'ftp://shop.example/', undefined],
  ['/a', undefined, undefined],
  [undefined, undefined, undefined],
  [`/${'x'.repeat(5000)}`, 'shop.example', 'https://shop.example/'],
])('reports the page %s of %s as %s', (landing, origin, page) => {
  expect(pageUrl(landing, origin)).toBe(page);
});

test.each<[unknown, string | undefined]>([
  ['https://www.google.com/search?q=ada%40example.com', 'https://www.google.com/search'],
  ['https://shop.example/account/reset/1/abc', 'https://shop.example/'],
  // The decoder of events omits these, and says why.
  ['android-app://com.google.android.gm/', 'android-app://com.google.android.gm/'],
  ['google', 'google'],
  ['', undefined],
  [null, undefined],
  [{}, undefined],
])('reads the referring page %j as %j', (given, expected) => {
  expect(referrerUrl(given)).toBe(expected);
});
