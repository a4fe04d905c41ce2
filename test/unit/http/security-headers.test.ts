/** Browsers guess no type of an answer, and stay with https where the API is reached by it. */
import { describe, expect, it } from 'vitest';
import { handler } from '../../../functions/meta.ts';
import { type ApiAnswer, createApiHandler } from '../../../lib/http/api-handler.ts';
import { htmlPage, safeHeaders } from '../../../lib/oauth/html-page.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const https = { 'x-forwarded-proto': 'https' };
const nosniff = { 'x-content-type-options': 'nosniff' };
const strict = { ...nosniff, 'strict-transport-security': 'max-age=31536000' };

const answerOf = (headers: Record<string, string>, response: ApiAnswer['response']) => {
  const handle = async () => ({ response });
  return createApiHandler('m', recordTelemetry(), handle)(httpEvent({ headers }), lambdaContext);
};

describe('every answer forbids guessing its type, and over https asks for https from then on', () => {
  it.each([
    ['JSON', { statusCode: 202, headers: { 'content-type': 'application/json' }, body: '{}' }],
    ['a problem', { status: 401, code: 'unauthorized', detail: 'd' }],
    ['a page of connecting', htmlPage(400, 't', [])],
    [
      'the redirect to TikTok',
      { statusCode: 302, headers: { ...safeHeaders, location: 'https://x.example' } },
    ],
    ['an answer without headers', { statusCode: 200 }],
  ] as [string, ApiAnswer['response']][])('%s', async (_, response) => {
    expect((await answerOf(https, response)).headers).toMatchObject(strict);
    const plain = (await answerOf({}, response)).headers;
    expect(plain).toMatchObject(nosniff);
    expect(plain).not.toHaveProperty('strict-transport-security');
  });

  it.each(['/v1/health', '/v1/openapi.json'])('GET %s', async (path) => {
    const headers = { ...strict, 'content-type': 'application/json' };
    expect((await handler(httpEvent({ path, headers: https }), lambdaContext)).headers).toMatchObject(
      headers,
    );
  });
});

it('leaves the other headers of an answer as they are', async () => {
  const headers = { 'content-type': 'text/html', 'retry-after': '2' };
  expect((await answerOf({}, { statusCode: 200, headers })).headers).toEqual({ ...headers, ...nosniff });
});
