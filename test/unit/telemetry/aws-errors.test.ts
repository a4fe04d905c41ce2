/** When Secrets Manager fails while TikTok is connected, the one line of the request names the error, and it is counted. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { browserCookie, stateOf } from '../../../lib/oauth/browser-state.ts';
import { newConnectLink } from '../../../lib/oauth/connect-link.ts';
import { createOauthHandler } from '../../../lib/oauth/oauth-handler.ts';
import type { OauthPorts } from '../../../lib/oauth/oauth-ports.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';
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
const working: OauthPorts['secrets'] = {
  read: async (name) => (name === 'p/connect' ? JSON.stringify(link) : '{"app_id":"1","secret":"s"}'),
  readVersion: async () => ({ text: JSON.stringify(link), version: 'v1' }),
  currentVersion: async () => undefined,
  claim: async () => true,
};

async function finishWith(secrets: Partial<OauthPorts['secrets']>) {
  const telemetry = recordTelemetry();
  const handler = createOauthHandler(telemetry, {
    stage: 'test',
    secretsPrefix: 'p',
    tiktokApiUrl: 'https://tiktok.example',
    publicUrl: undefined,
    destinations: { default: { pixelCode: 'P1', eventSource: 'web' } },
    secrets: { ...working, ...secrets },
    callTikTok: async () => ({ kind: 'answer', status: 200, code: 0, text: grant }),
    now: () => now,
    randomText: () => browserKey,
  });
  await handler(callback, lambdaContext);
  expect(JSON.stringify(telemetry.lines)).not.toContain('canary');
  return {
    lines: telemetry.lines.map(({ fields }) => fields),
    counted: telemetry.counts.filter(({ name }) => name === 'AwsErrors'),
  };
}

test.each([
  ['the link cannot be read', { read: denied }, 'secrets_unavailable', 'read_secret'],
  ['the link cannot be spent', { readVersion: denied }, 'secrets_unavailable', 'write_secret'],
  ['the token cannot be written', { currentVersion: denied }, 'not_stored', 'write_secret'],
])('counts an AWS error when %s', async (_, secrets, reason, operation) => {
  const { lines, counted } = await finishWith(secrets);
  expect(lines).toMatchObject([{ reason, operation, aws_error: 'AccessDeniedException' }]);
  expect(counted).toEqual([{ name: 'AwsErrors', value: 1, dimensions: { operation } }]);
});

test('counts no AWS error when the connection succeeds', async () => {
  const { lines, counted } = await finishWith({});
  expect(lines).toMatchObject([{ reason: 'connected' }]);
  expect(counted).toEqual([]);
});
