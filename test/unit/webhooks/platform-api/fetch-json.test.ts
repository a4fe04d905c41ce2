import { expect, test } from 'vitest';
import { createJsonReader } from '../../../../lib/webhooks/platform-api/fetch-json.ts';
import { orderApi, orderToken } from '../../../support/webhooks/order-api.ts';

const headers = (token: string) => ({ 'x-api-token': token });
const reader = (baseUrl: string, token = orderToken, timeoutMs?: number) => {
  const read = createJsonReader({ baseUrl, headers }, timeoutMs);
  return (path: string) => read(path, token);
};

test('reads an object with the token, below the path of the base URL', async () => {
  const api = await orderApi({ 12: { id: 12 } });
  expect(await reader(`${api.url}/shop/`)('/orders/12')).toEqual({ id: 12 });
  expect(api.requests).toEqual(['GET /shop/orders/12']);
});

test('reads nothing from an answer without content', async () => {
  const api = await orderApi({});
  expect(await reader(api.url)('/orders/empty')).toBeUndefined();
});

test.each([
  ['throttled', 'platform_throttled', 'HTTP 429'],
  ['forbidden', 'platform_unauthorized', 'HTTP 403'],
  ['failing', 'platform_error', 'HTTP 500'],
  ['teapot', 'platform_error', 'HTTP 418'],
  ['missing', 'not_found', 'HTTP 404'],
  ['page', 'platform_answer_not_json', 'not JSON'],
  ['large', 'platform_answer_too_large', 'more than 1 MiB'],
  ['redirect', 'platform_redirect', 'HTTP 302'],
  ['broken', 'platform_unreachable', 'no connection'],
])('fails on an API that is %s with the code %s', async (behavior, code, message) => {
  const api = await orderApi({ 12: { id: 12 } });
  await expect(reader(api.url)(`/orders/${behavior}`)).rejects.toMatchObject({ code, message });
  expect(api.requests).toEqual([`GET /orders/${behavior}`]);
});

test.each(['stall', 'half'])('gives up on an API that does not end its answer: %s', async (behavior) => {
  const api = await orderApi({});
  await expect(reader(api.url, orderToken, 200)(`/orders/${behavior}`)).rejects.toMatchObject({
    code: 'platform_timeout',
  });
});

test('gives all reads of one webhook three seconds together', async () => {
  const api = await orderApi({});
  const limits: number[] = [];
  const timeout = (ms: number) => {
    limits.push(ms);
    return AbortSignal.abort();
  };
  const read = createJsonReader({ baseUrl: api.url, headers }, undefined, { timeout });
  for (const path of ['/orders/1', '/orders/2'])
    await expect(read(path, orderToken)).rejects.toMatchObject({ code: 'platform_timeout' });
  expect(limits).toEqual([3_000]);
});

test('fails when the API does not take the token', async () => {
  const api = await orderApi({ 12: {} });
  await expect(reader(api.url, 'wrong')('/orders/12')).rejects.toMatchObject({
    code: 'platform_unauthorized',
  });
});

test.each([
  ['http://api.example', '/orders/1'],
  ['https://api.example', '@evil.example/orders/1'],
  ['https://api.example', '.evil.example/orders/1'],
  ['https://api.example/shop', '/../other'],
  ['https://api.example/shop', '/../shop2/orders/1'],
  ['https://api.example/shop', 'ping/1'],
])('sends the token nowhere when the base is %s and the path %s', async (baseUrl, path) => {
  await expect(reader(baseUrl)(path)).rejects.toThrow('a platform reads only below its own base URL');
});
