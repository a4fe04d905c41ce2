import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { browserCookie, stateOf } from '../../../lib/oauth/browser-state.ts';
import { newConnectLink } from '../../../lib/oauth/connect-link.ts';
import { finishConnection } from '../../../lib/oauth/finish-connection.ts';
import { createLinkReader } from '../../../lib/oauth/link-reader.ts';
import type { OauthContext } from '../../../lib/oauth/oauth-context.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const browserKey = 'k'.repeat(43);
const link = newConnectLink('n'.repeat(43), 'default', now);

const event = {
  cookies: [browserCookie(browserKey).split(';')[0]],
  queryStringParameters: { state: stateOf(browserKey, link), auth_code: 'c' },
  requestContext: { requestId: 'request-1' },
} as unknown as APIGatewayProxyEventV2;

/** A stage whose TikTok grants `ids` and whose secrets are a map. */
function prepare(
  ids: readonly string[],
  destinations: OauthContext['settings']['destinations'] = {
    default: { pixelCode: 'P1', eventSource: 'web' },
  },
) {
  const secrets = new Map([
    ['p/connect', JSON.stringify(link)],
    ['p/oauth-app', '{"app_id":"1","secret":"s"}'],
  ]);
  const text = JSON.stringify({ code: 0, data: { access_token: 't', advertiser_ids: ids, scope: [5] } });
  const context: OauthContext = {
    settings: {
      stage: 'test',
      secretsPrefix: 'p',
      tiktokApiUrl: 'https://tiktok.example',
      publicUrl: undefined,
      destinations,
    },
    clients: {
      secrets: {
        read: async (name) => secrets.get(name),
        readVersion: async (name) => ({ text: secrets.get(name), version: 'v1' }),
        currentVersion: async () => undefined,
        claim: async (name, value) => {
          secrets.set(name, value);
          return true;
        },
      },
      callTikTok: async () => ({ kind: 'answer', status: 200, code: 0, text }),
    },
    now: () => now,
    random: () => browserKey,
  };
  return { context, secrets };
}

test('stores when the connect link was used, and by which request', async () => {
  const { context, secrets } = prepare(['1']);
  await finishConnection(event, context, createLinkReader(context));
  expect(JSON.parse(secrets.get('p/connect') ?? '')).toEqual({
    spent_at: '2026-01-01T00:00:00.000Z',
    spent_by: 'request-1',
  });
  expect(JSON.parse(secrets.get('p/destinations/default') ?? '')).toEqual({
    access_token: 't',
    advertiser_ids: ['1'],
    connected_at: '2026-01-01T00:00:00.000Z',
  });
});

test('rejects a connect link that a newer one has replaced, and leaves the newer one open', async () => {
  const { context, secrets } = prepare(['1']);
  const newer = JSON.stringify(newConnectLink('m'.repeat(43), 'default', now));
  const late = { ...context.clients.secrets, readVersion: async () => ({ text: newer, version: 'v2' }) };
  const clients = { ...context.clients, secrets: late };
  const read = createLinkReader(context);
  await expect(finishConnection(event, { ...context, clients }, read)).rejects.toMatchObject({
    refusal: 'link_not_open',
  });
  expect(secrets.get('p/connect')).toBe(JSON.stringify(link));
  expect(secrets.get('p/destinations/default')).toBeUndefined();
});

test('sends the code and the token to the TikTok of the destination that is connected', async () => {
  const tiktokApiUrl = 'https://business-api.us.tiktok.com';
  const { context } = prepare(['1'], { default: { pixelCode: 'P', eventSource: 'web', tiktokApiUrl } });
  const { callTikTok } = context.clients;
  const bases: unknown[] = [];
  const clients: OauthContext['clients'] = {
    ...context.clients,
    callTikTok: (call) => {
      bases.push(call.baseUrl);
      return callTikTok(call);
    },
  };
  await finishConnection(event, { ...context, clients }, createLinkReader(context));
  expect(bases).toEqual([tiktokApiUrl, tiktokApiUrl]);
});

test('stores an agency with thousands of accounts within the size of a secret', async () => {
  const ids = Array.from({ length: 9_000 }, (_, index) => `70000000000000${String(index).padStart(5, '0')}`);
  const { context, secrets } = prepare(ids);
  const { advertisers } = await finishConnection(event, context, createLinkReader(context));
  expect(advertisers).toHaveLength(9_000);
  const stored = secrets.get('p/destinations/default') ?? '';
  expect(stored.length).toBeLessThan(65_536);
  expect(JSON.parse(stored).advertiser_ids).toEqual(ids.slice(0, 1_000));
});

test('rejects a connect link whose destination a deployment has removed, and leaves it open', async () => {
  const { context, secrets } = prepare(['1'], {});
  await expect(finishConnection(event, context, createLinkReader(context))).rejects.toMatchObject({
    refusal: 'destination_unknown',
  });
  expect(JSON.parse(secrets.get('p/connect') ?? '')).toEqual(link);
});
