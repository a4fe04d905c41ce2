import { expect, test } from 'vitest';
import { handler } from '../../../../functions/meta.ts';
import { type ApiAnswer, toResponse } from '../../../../lib/http/api-answer.ts';
import { problems } from '../../../../lib/http/middleware/problems.ts';
import { securityHeaders } from '../../../../lib/http/middleware/security-headers.ts';
import { htmlPage, safeHeaders } from '../../../../lib/oauth/html-page.ts';
import { runChain } from '../../../support/http/http-chain.ts';
import { httpEvent, lambdaContext } from '../../../support/http/http-event.ts';

const https = { 'x-forwarded-proto': 'https' };
const nosniff = { 'x-content-type-options': 'nosniff' };
const strict = { ...nosniff, 'strict-transport-security': 'max-age=31536000' };

const answerOf = (headers: Record<string, string>, response: ApiAnswer['response']) => {
  const event = httpEvent({ headers });
  return runChain([securityHeaders()], async () => toResponse({ response }, event), { event });
};

test.each([
  ['JSON', { statusCode: 202, headers: { 'content-type': 'application/json' }, body: '{}' }],
  ['a problem', { status: 401, code: 'unauthorized', detail: 'd' }],
  ['a page of connecting', htmlPage(400, 't', [])],
  ['the redirect to TikTok', { statusCode: 302, headers: { ...safeHeaders, location: 'https://x.example' } }],
  ['an answer without headers', { statusCode: 200 }],
] as [string, ApiAnswer['response']][])(
  'forbids browsers to guess a type, and keeps them on https where they use it: %s',
  async (_, response) => {
    expect((await answerOf(https, response)).headers).toMatchObject(strict);
    const plain = (await answerOf({}, response)).headers;
    expect(plain).toMatchObject(nosniff);
    expect(plain).not.toHaveProperty('strict-transport-security');
  },
);

test('adds the security headers to the answer of an error', async () => {
  const fail = () => Promise.reject(new Error('x'));
  const { headers } = await runChain([securityHeaders(), problems()], fail);
  expect(headers).toMatchObject(nosniff);
});

test.each(['/v1/health', '/v1/openapi.json'])('adds the security headers to GET %s', async (path) => {
  const { headers } = await handler(httpEvent({ path, headers: https }), lambdaContext);
  expect(headers).toMatchObject({ ...strict, 'content-type': 'application/json' });
});

test('leaves the other headers of an answer unchanged when it adds the security headers', async () => {
  const headers = { 'content-type': 'text/html', 'retry-after': '2' };
  expect((await answerOf({}, { statusCode: 200, headers })).headers).toEqual({ ...headers, ...nosniff });
});
