import '@shopify/shopify-api/adapters/node';
import { ApiVersion, shopifyApi } from '@shopify/shopify-api';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import {
  accepted,
  body,
  check,
  nowSeconds,
  platform,
  refused,
  sign,
} from '../../support/webhooks/signed-requests.ts';

describe('Shopify’s signature', () => {
  const settings = platform('shopify');
  const hmac = sign('shop-secret', body, 'base64');
  const name = 'X-Shopify-Hmac-Sha256';

  test.each([
    ['as it is', name],
    ['in lower case', name.toLowerCase()],
    ['without X-, as newer events send it', 'Shopify-Hmac-Sha256'],
  ])('promise 7: accepts Shopify’s signature %s', (_how, header) => {
    expect(check(settings, { [header]: hmac }, ['shop-secret'])).toEqual(accepted);
  });

  test('accepts Shopify’s signature with any of several secrets', () => {
    expect(check(settings, { [name]: hmac }, ['new', 'shop-secret'])).toEqual(accepted);
  });

  test.each([
    ['signature_missing', {}],
    ['signature_mismatch', { [name]: sign('other', body, 'base64') }],
    ['signature_malformed', { [name]: sign('shop-secret', body, 'hex') }],
    ['signature_malformed', { [name]: `${hmac} ` }],
    ['signature_malformed', { [name]: `${hmac},${hmac}` }],
    ['signature_malformed', { [name]: '' }],
    ['signature_repeated', { [name]: [hmac, hmac] }],
    ['signature_repeated', { [name]: hmac, [name.toLowerCase()]: hmac }],
  ])('promise 7: rejects Shopify’s signature with the reason %s: case %#', (reason, headers) => {
    expect(check(settings, headers, ['shop-secret'])).toEqual(refused(reason));
  });

  test('rejects Shopify’s signature over other bytes of the same JSON', () => {
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    expect(check(settings, { [name]: hmac }, ['shop-secret'], rewritten)).toEqual(
      refused('signature_mismatch'),
    );
  });

  test('rejects Shopify’s signature with an empty secret, with which anyone could sign', () => {
    const forged = sign('', body, 'base64');
    expect(check(settings, { [name]: forged }, [''])).toEqual(refused('no_secret'));
    expect(check(settings, { [name]: forged }, ['', 'real'])).toEqual(refused('signature_mismatch'));
    expect(check(settings, { [name]: forged }, [])).toEqual(refused('no_secret'));
  });

  test('agrees with Shopify’s own library on a signature', async () => {
    const library = shopifyApi({
      apiKey: 'key',
      apiSecretKey: 'shop-secret',
      apiVersion: ApiVersion.July26 ?? '2026-07',
      hostName: 'app.example',
      isEmbeddedApp: false,
      logger: { level: 0 },
    });
    const headers = {
      'X-Shopify-Topic': 'orders/paid',
      'X-Shopify-Hmac-Sha256': hmac,
      'X-Shopify-Shop-Domain': 'shop.myshopify.com',
      'X-Shopify-API-Version': '2026-07',
      'X-Shopify-Webhook-Id': 'id',
    };
    const verdict = await library.webhooks.validate({
      rawBody: body.toString(),
      rawRequest: { headers, method: 'POST', url: '/' },
    });
    expect(verdict).toMatchObject({ valid: true });
  });
});

describe('WooCommerce’s signature', () => {
  const settings = platform('woocommerce');
  const header = (secret: string) => ({ 'X-WC-Webhook-Signature': sign(secret, body, 'base64') });

  test('accepts WooCommerce’s signature', () => {
    expect(check(settings, header('woo-secret'), ['woo-secret'])).toEqual(accepted);
  });

  test('accepts WooCommerce’s signature when WooCommerce decoded the secret first', () => {
    expect(check(settings, header(`a&b<c>"d'`), ['x', 'a&amp;b&lt;c&gt;&quot;d&#039;'])).toEqual(accepted);
    expect(check(settings, header('a&amp;b'), ['a&amp;b', 'x'])).toEqual(accepted);
  });

  test('promise 7: rejects WooCommerce’s signature with another secret', () => {
    expect(check(settings, header('ck_consumer'), ['woo-secret'])).toEqual(refused('signature_mismatch'));
  });
});

describe('Stripe’s signature', () => {
  const settings = platform('stripe');
  const secret = 'whsec_test';
  const v1 = (time: number, key = secret) => sign(key, `${time}.${body}`, 'hex');
  const header = (value: string) => ({ 'Stripe-Signature': value });
  const whole = (time: number) => header(`t=${time},v1=${v1(time)},v0=${'0'.repeat(64)}`);

  test('accepts Stripe’s signature', () => {
    expect(check(settings, whole(nowSeconds), [secret])).toEqual(accepted);
  });

  test('accepts Stripe’s signature when one of several v1 matches', () => {
    const value = `t=${nowSeconds},v1=${v1(nowSeconds, 'old')},v1=${v1(nowSeconds)}`;
    expect(check(settings, header(value), ['a', secret])).toEqual(accepted);
  });

  test.each([
    [-301, refused('timestamp_outside_tolerance')],
    [-300, accepted],
    [300, accepted],
    [301, refused('timestamp_outside_tolerance')],
  ])('checks the time of Stripe’s signature %d seconds from now', (offset, verdict) => {
    expect(check(settings, whole(nowSeconds + offset), [secret])).toEqual(verdict);
  });

  test.each([
    ['signature_missing', {}],
    ['signature_repeated', { 'stripe-signature': ['t=1,v1=a', 't=1,v1=a'] }],
    ['signature_repeated', header(`t=${nowSeconds},v1=${v1(nowSeconds)},t=1`)],
    ['timestamp_missing', header(`v1=${v1(nowSeconds)}`)],
    ['timestamp_missing', header(`t=1e9,v1=${v1(nowSeconds)}`)],
    ['signature_malformed', header(`t=${nowSeconds}`)],
    ['signature_malformed', header(`t=${nowSeconds},v0=${v1(nowSeconds)}`)],
    ['signature_malformed', header(`t=${nowSeconds},v1=zz`)],
    ['signature_mismatch', header(`t=${nowSeconds - 1},v1=${v1(nowSeconds)}`)],
    ['signature_mismatch', header(`t=${nowSeconds},v1=${v1(nowSeconds, 'other')}`)],
  ])('promise 7: rejects Stripe’s signature with the reason %s: case %#', (reason, headers) => {
    expect(check(settings, headers, [secret])).toEqual(refused(reason));
  });

  test('agrees with Stripe’s own library on a signature', () => {
    const { webhooks } = new Stripe('sk_test_none');
    const made = webhooks.generateTestHeaderString({
      payload: body.toString(),
      secret,
      timestamp: nowSeconds,
    });
    expect(check(settings, header(made), [secret])).toEqual(accepted);
    const ours = whole(nowSeconds)['Stripe-Signature'];
    const theirs = webhooks.constructEvent(body, ours, secret, 300, undefined, nowSeconds * 1000);
    expect(theirs).toMatchObject({ id: 1 });
  });
});

describe('the Standard Webhooks signature', () => {
  const secret = 'whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0';
  const key = Buffer.from('local-standard-webhooks-secret');
  const settings = platform('standard');
  const v1 = (time = nowSeconds, id = 'msg_1', by: string | Buffer = key) =>
    `v1,${sign(by, `${id}.${time}.${body}`, 'base64')}`;
  const headers = (signature: string, time: number | string = nowSeconds, id = 'msg_1') => ({
    'webhook-id': id,
    'webhook-timestamp': String(time),
    'webhook-signature': signature,
  });

  test('accepts a Standard Webhooks signature alone or in a list', () => {
    expect(check(settings, headers(v1()), [secret])).toEqual(accepted);
    const list = `v1a,AAAA ${v1(nowSeconds, 'msg_1', 'old')} v2,x ${v1()}`;
    expect(check(settings, headers(list), [secret])).toEqual(accepted);
  });

  test.each([
    [-301, refused('timestamp_outside_tolerance')],
    [-300, accepted],
    [300, accepted],
    [301, refused('timestamp_outside_tolerance')],
  ])('checks the time of a Standard Webhooks signature %d seconds from now', (offset, verdict) => {
    const time = nowSeconds + offset;
    expect(check(settings, headers(v1(time), time), [secret])).toEqual(verdict);
  });

  test.each<[string, string, string | Buffer]>([
    ['utf8', 'whsec_the-whole-text', 'whsec_the-whole-text'],
    ['base64', 'bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0', key],
    ['hex', key.toString('hex'), key],
    ['hex', `whsec_${key.toString('hex')}`, key],
  ])('reads the secret of Standard Webhooks as %s', (secretEncoding, text, by) => {
    const signature = v1(nowSeconds, 'msg_1', by);
    expect(check(platform('standard', { secretEncoding }), headers(signature), [text])).toEqual(accepted);
  });

  test.each([
    ['signature_missing', { 'webhook-id': 'a', 'webhook-timestamp': String(nowSeconds) }],
    ['signature_repeated', { ...headers(v1()), 'Webhook-Signature': v1() }],
    ['signature_malformed', headers(v1(nowSeconds, 'a.b'), nowSeconds, 'a.b')],
    ['signature_malformed', headers(v1(nowSeconds, ''), nowSeconds, '')],
    ['signature_malformed', headers(`v1a${v1().slice(2)}`)],
    ['signature_malformed', headers(`v2${v1().slice(2)}`)],
    ['signature_malformed', headers(`${v1()},${v1()}`)],
    ['timestamp_missing', headers(v1(), '')],
    ['timestamp_missing', headers(v1(), `+${nowSeconds}`)],
    ['signature_mismatch', headers(v1(), nowSeconds - 1)],
    ['signature_mismatch', headers(v1(), nowSeconds, 'msg_2')],
  ])('promise 7: rejects a Standard Webhooks signature with the reason %s: case %#', (reason, given) => {
    expect(check(settings, given, [secret])).toEqual(refused(reason));
  });

  test('rejects a Standard Webhooks signature when the secret is not in its encoding', () => {
    expect(check(settings, headers(v1()), ['not base64!'])).toEqual(refused('no_secret'));
  });

  test('agrees with the reference library of Standard Webhooks on a signature', () => {
    const now = Math.floor(Date.now() / 1000);
    const library = new Webhook(secret);
    expect(library.sign('msg_1', new Date(nowSeconds * 1000), body.toString())).toBe(v1());
    expect(library.verify(body, headers(v1(now), now))).toMatchObject({ id: 1 });
  });
});
