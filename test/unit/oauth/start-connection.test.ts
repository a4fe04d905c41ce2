import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { callbackUrl } from '../../../lib/oauth/start-connection.ts';

const api = 'abc.execute-api.eu-central-1.amazonaws.com';

test.each([
  ['the API of the stage', api, api, undefined, `https://${api}/v1/oauth/callback`],
  [
    'a custom domain',
    'events.shop.example',
    'events.shop.example',
    undefined,
    'https://events.shop.example/v1/oauth/callback',
  ],
  [
    'a proxy in front of the API',
    api,
    api,
    'https://shop.example/tiktok',
    'https://shop.example/tiktok/v1/oauth/callback',
  ],
  ['this machine', '127.0.0.1', '127.0.0.1:3000', undefined, 'http://127.0.0.1:3000/v1/oauth/callback'],
  ['this machine in IPv6', '[::1]', '[::1]:3000', undefined, 'http://[::1]:3000/v1/oauth/callback'],
  [
    'this machine by name',
    'localhost',
    'localhost:3000',
    undefined,
    'http://localhost:3000/v1/oauth/callback',
  ],
  [
    'the API in spite of a false host header',
    api,
    '127.0.0.1:3000',
    undefined,
    `https://${api}/v1/oauth/callback`,
  ],
  [
    'the API in spite of a foreign host header',
    api,
    'evil.example',
    undefined,
    `https://${api}/v1/oauth/callback`,
  ],
  [
    'a host whose name only starts like this machine',
    'localhost.evil.example',
    'localhost',
    undefined,
    'https://localhost.evil.example/v1/oauth/callback',
  ],
])('sends the OAuth callback to the address of %s', (_, domainName, host, publicUrl, expected) => {
  const event = { headers: { host }, requestContext: { domainName } } as unknown as APIGatewayProxyEventV2;
  expect(callbackUrl(event, publicUrl)).toBe(expected);
});
