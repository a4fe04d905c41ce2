/** Secrets are decoded once, at the door; an error names secret and field and repeats no value. */
import { expect, test } from 'vitest';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import {
  decodeIngest,
  decodeOauthApp,
  decodeToken,
  MalformedSecretError,
} from '../../../lib/secrets/secret-values.ts';

test.each([undefined, '', ' \n'])('reads the secret text %j as no value yet', (text) => {
  expect(decodeToken('s', text)).toBeUndefined();
  expect(decodeOauthApp('s', text)).toBeUndefined();
  expect(decodeIngest('s', text)).toEqual({ keys: [], webhooks: {} });
});

test('reads the token from the secret of a destination', () => {
  expect(decodeToken('s', '{"access_token":"t"}')).toEqual({ access_token: 't' });
  const whole = { access_token: 't', advertiser_ids: ['1'], connected_at: '2026-06-01T12:00:00Z' };
  expect(decodeToken('s', JSON.stringify(whole))).toEqual(whole);
  expect(decodeToken('s', '{"access_token":"t","note":"by hand"}')).toEqual({ access_token: 't' });
});

test('reads the id and secret from the secret of the developer app', () => {
  expect(decodeOauthApp('s', '{"app_id":"1","secret":"x"}')).toEqual({ app_id: '1', secret: 'x' });
});

test('reads API keys that may use all destinations unless they name some', () => {
  const text = JSON.stringify({
    keys: [
      { id: 'a', key: 'sixteen-letters!' },
      { id: 'b', key: 'fifteen-letters', destinations: ['shop'] },
      {
        id: 'c',
        sha256: sha256('l'),
        created_at: '2026-11-26T00:00:00Z',
        expires_at: '2027-01-01T00:00:00Z',
        short: true,
      },
    ],
    webhooks: { shopify: { secrets: ['s'] } },
  });
  const clear = { createdAt: undefined, expiresAtMs: Number.POSITIVE_INFINITY, isClear: true };
  const digest = (key: string) => Buffer.from(sha256(key), 'hex');
  expect(decodeIngest('s', text)).toEqual({
    keys: [
      { ...clear, id: 'a', digest: digest('sixteen-letters!'), destinations: ['*'], isShort: false },
      { ...clear, id: 'b', digest: digest('fifteen-letters'), destinations: ['shop'], isShort: true },
      {
        id: 'c',
        digest: digest('l'),
        destinations: ['*'],
        createdAt: '2026-11-26T00:00:00Z',
        expiresAtMs: Date.UTC(2027, 0, 1),
        isClear: false,
        isShort: true,
      },
    ],
    webhooks: { shopify: { secrets: ['s'] } },
  });
  expect(decodeIngest('s', '{}')).toEqual({ keys: [], webhooks: {} });
});

test.each([
  [decodeToken, 'canary', 'secret s: not JSON'],
  [decodeToken, '"canary"', 'secret s: the whole value is missing or not of the expected form'],
  [decodeToken, '{"token":"canary"}', 'secret s: access_token is missing or not of the expected form'],
  [decodeToken, '{"access_token":""}', 'secret s: access_token is missing or not of the expected form'],
  [decodeToken, '{"access_token":"a\\nb"}', 'secret s: access_token is missing or not of the expected form'],
  [decodeToken, '{"access_token":"ä"}', 'secret s: access_token is missing or not of the expected form'],
  [
    decodeOauthApp,
    '{"app_id":7,"secret":"canary"}',
    'secret s: app_id is missing or not of the expected form',
  ],
  [
    decodeIngest,
    '{"keys":[{"id":"a","key":"canary"},{"id":"a b","key":"canary"}]}',
    'secret s: keys.1.id is missing or not of the expected form',
  ],
  [
    decodeIngest,
    '{"keys":[{"id":"a","key":""}]}',
    'secret s: keys.0.key is missing or not of the expected form',
  ],
  [decodeIngest, '{"keys":[{"id":"a"}]}', 'secret s: keys.0.sha256 is missing or not of the expected form'],
  [
    decodeIngest,
    `{"keys":[{"id":"a","key":"canary","sha256":"${'0'.repeat(64)}"}]}`,
    'secret s: keys.0.sha256 is missing or not of the expected form',
  ],
  [
    decodeIngest,
    `{"keys":[{"id":"a","sha256":"${'A'.repeat(64)}"}]}`,
    'secret s: keys.0.sha256 is missing or not of the expected form',
  ],
  [
    decodeIngest,
    `{"keys":[{"id":"a","sha256":"${'0'.repeat(64)}","expires_at":"canary"}]}`,
    'secret s: keys.0.expires_at is missing or not of the expected form',
  ],
  [
    decodeIngest,
    '{"webhooks":{"shopify":{"secrets":"canary"}}}',
    'secret s: webhooks.shopify.secrets is missing or not of the expected form',
  ],
])('rejects a malformed secret with %o of %s, without its value', (decode, text, message) => {
  expect(() => decode('s', text)).toThrow(new MalformedSecretError(message));
});

test('throws a MalformedSecretError for a malformed secret', () => {
  expect(new MalformedSecretError('x').name).toBe('MalformedSecretError');
});

test('keeps the API keys when the secret of one webhook is empty', () => {
  const text = JSON.stringify({ keys: [{ id: 'a', key: 'k' }], webhooks: { shopify: { secrets: [''] } } });
  expect(decodeIngest('ingest', text).keys).toMatchObject([{ id: 'a', destinations: ['*'] }]);
});

test('reads the API token of a source, and keeps the API keys when it has no usable form', () => {
  const shop = (api_token: unknown) =>
    decodeIngest('ingest', JSON.stringify({ webhooks: { shop: { secrets: ['s'], api_token } } })).webhooks
      .shop;
  expect(shop('token')).toEqual({ secrets: ['s'], api_token: 'token' });
  expect(shop('two words')).toEqual({ secrets: ['s'], api_token: 'two words' });
  expect(shop(undefined)).toEqual({ secrets: ['s'] });
  expect(() => shop(5)).toThrow('secret ingest: webhooks.shop.api_token');
});
