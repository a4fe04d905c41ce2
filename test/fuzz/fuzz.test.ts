/** The short form of `npm run fuzz`: the same bodies in every run. */
import { expect, test } from 'vitest';
import { runFuzz } from './run-fuzz.ts';

test('promises 5, 6, 7 and 9: hostile bodies at HTTP, webhooks and the queue break none', async () => {
  const { findings, ends } = await runFuzz({ from: 1, bodies: 3_000 });
  expect(findings).toEqual([]);
  expect(ends).toMatchObject({
    'api 202': expect.any(Number),
    'api 207': expect.any(Number),
    'api 422': expect.any(Number),
    'shopify 200 queued': expect.any(Number),
    'hmac 200 queued': expect.any(Number),
    'bigcommerce 200 queued': expect.any(Number),
    'shopify 401': expect.any(Number),
    'queue delivered': expect.any(Number),
    'queue parked': expect.any(Number),
  });
});
