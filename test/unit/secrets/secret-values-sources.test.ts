import { expect, test } from 'vitest';
import { decodeIngest } from '../../../lib/secrets/secret-values.ts';

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
