import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { toResponse } from '../../../lib/http/api-answer.ts';
import { browserCookie, stateOf } from '../../../lib/oauth/browser-state.ts';
import { createAccountConnector } from '../../../lib/oauth/connect-account.ts';
import { newConnectLink } from '../../../lib/oauth/connect-link.ts';
import type { OauthContext } from '../../../lib/oauth/oauth-context.ts';
import { refusalPages } from '../../../lib/oauth/refusal-pages.ts';
import { runChain } from '../../support/http/http-chain.ts';
import { httpEvent } from '../../support/http/http-event.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const browserKey = 'k'.repeat(43);
const link = newConnectLink('n'.repeat(43), 'default', now);
const callback = {
  ...httpEvent({ method: 'GET', path: '/v1/oauth/callback' }),
  cookies: [browserCookie(browserKey).split(';')[0] ?? ''],
  queryStringParameters: { state: stateOf(browserKey, link), auth_code: 'c' },
} satisfies APIGatewayProxyEventV2;
const grant = JSON.stringify({ code: 0, data: { access_token: 't', advertiser_ids: ['1'], scope: [5] } });

const denied = () =>
  Promise.reject(Object.assign(new Error('jane@canary.example'), { name: 'AccessDeniedException' }));
const working: OauthContext['clients']['secrets'] = {
  read: async (name) => (name === 'p/connect' ? JSON.stringify(link) : '{"app_id":"1","secret":"s"}'),
  readVersion: async () => ({ text: JSON.stringify(link), version: 'v1' }),
  currentVersion: async () => undefined,
  claim: async () => true,
};

async function finishWith(secrets: Partial<OauthContext['clients']['secrets']>) {
  const telemetry = recordTelemetry();
  const connect = createAccountConnector({
    settings: {
      stage: 'test',
      secretsPrefix: 'p',
      tiktokApiUrl: 'https://tiktok.example',
      publicUrl: undefined,
      destinations: { default: { pixelCode: 'P1', eventSource: 'web' } },
    },
    clients: {
      secrets: { ...working, ...secrets },
      callTikTok: async () => ({ kind: 'answer', status: 200, code: 0, text: grant }),
    },
    now: () => now,
    random: () => browserKey,
  });
  const handle = async (event: APIGatewayProxyEventV2) => toResponse(await connect(event), event);
  const response = await runChain([refusalPages(telemetry)], handle, { event: callback });
  expect(JSON.stringify(response)).not.toContain('canary');
  return {
    response,
    log: response.log,
    counted: telemetry.counts.filter(({ name }) => name === 'AwsErrors'),
  };
}

test.each([
  ['cannot read the link', { read: denied }, 'secrets_unavailable', 'read_secret'],
  ['cannot spend the link', { readVersion: denied }, 'secrets_unavailable', 'write_secret'],
  ['cannot write the token', { currentVersion: denied }, 'not_stored', 'write_secret'],
])('logs and counts the error of AWS when the function %s', async (_, secrets, reason, operation) => {
  const { response, log, counted } = await finishWith(secrets);
  expect(response).toMatchObject({ statusCode: 503, body: expect.stringContaining('<h1>') });
  expect(log).toMatchObject({ reason, operation, aws_error: 'AccessDeniedException' });
  expect(counted).toEqual([{ name: 'AwsErrors', value: 1 }]);
});

test('counts no error for a connection that succeeds', async () => {
  const { response, log, counted } = await finishWith({});
  expect(response.statusCode).toBe(200);
  expect(log).toMatchObject({ reason: 'connected', destination: 'default', advertisers: 1 });
  expect(counted).toEqual([]);
});

test('promise 5: names the field of a malformed secret in the log and not on the page', async () => {
  const { response, log } = await finishWith({ read: async () => '{"digest":7}' });
  expect(response).toMatchObject({ statusCode: 500 });
  expect(log).toEqual({
    reason: 'internal_error',
    error: 'MalformedSecretError',
    detail: expect.stringContaining('secret p/connect: digest'),
  });
  expect(response.body).not.toContain('digest');
});

test('logs only the name of an unexpected error', async () => {
  const fail = () => Promise.reject(new TypeError('canary'));
  const { log, statusCode, body } = await runChain([refusalPages(recordTelemetry())], fail);
  expect(statusCode).toBe(500);
  expect(log).toEqual({ reason: 'internal_error', error: 'TypeError', detail: undefined });
  expect(body).not.toContain('canary');
});
