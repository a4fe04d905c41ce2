/** Functions behind a simulated API Gateway: what their senders get. */
import { expect, test } from 'vitest';
import type { ApiResponse } from '../../../lib/http/api-answer.ts';
import { httpEvent } from '../../support/http/http-event.ts';
import { CrashError, TimeoutError } from '../engine/environment.ts';
import { behindGateway } from './http-function.ts';
import { ThrottledError } from './lambda.ts';

const statusOf = async (invoke: () => Promise<ApiResponse>) => {
  const trouble = { crashes: 0, startsCold: 0 };
  return (await behindGateway({ trouble, invoke }).invoke(httpEvent())).statusCode;
};

test('a sender gets the answer of a function that works', async () => {
  expect(await statusOf(async () => ({ statusCode: 202 }))).toBe(202);
});

test('a sender gets 502 from a function that crashes or throws', async () => {
  expect(await statusOf(() => Promise.reject(new CrashError()))).toBe(502);
  expect(await statusOf(() => Promise.reject(new Error('broken')))).toBe(502);
});

test('a sender gets 503 from a function that is too slow or throttled', async () => {
  expect(await statusOf(() => Promise.reject(new TimeoutError()))).toBe(503);
  expect(await statusOf(() => Promise.reject(new ThrottledError()))).toBe(503);
});
