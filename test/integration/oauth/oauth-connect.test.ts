/** Connecting by OAuth: what is stored when all is well, and that nothing is when anything is not. */
import { expect, test } from 'vitest';
import { createTokenSource } from '../../../lib/delivery/token-source.ts';
import { createSecretsClient } from '../../../lib/secrets/secrets-manager.ts';
import { createTokenReader } from '../../../lib/secrets/token-secrets.ts';
import { advertiser, approve, decide, oauthApp, prefix, start, useOauthStage, visit } from './oauth-stage.ts';

const stage = useOauthStage();

test('stores an approved connection with its ad accounts as text, and names them on the page', async () => {
  const { cookie, callback } = await approve(stage.openLink());
  const response = await visit(callback, cookie);
  expect(response.status).toBe(200);
  const page = await response.text();
  expect(page).toContain('<li>Shop &lt;b&gt;&amp; Co (7000000000000000001)</li>');
  expect(page).toContain('doctor --stage test');
  const { access_token, advertiser_ids, connected_at } = stage.stored();
  expect(stage.sandbox.tokens).toContain(access_token);
  expect(advertiser_ids).toEqual([advertiser.advertiser_id]);
  expect(Math.abs(Date.now() - Date.parse(connected_at))).toBeLessThan(60_000);
});

test('uses up the link of an approved connection, for the same callback and for a new start', async () => {
  const link = stage.openLink();
  const { cookie, callback } = await approve(link);
  const second = await approve(link);
  await visit(callback, cookie);
  const before = stage.stored();
  expect((await visit(callback, cookie)).status).toBe(400);
  expect((await visit(second.callback, second.cookie)).status).toBe(400);
  expect((await visit(link)).status).toBe(400);
  expect(stage.stored()).toEqual(before);
});

test('promise 8: uses a new token in the next delivery without a deployment', async () => {
  const read = createTokenReader(prefix, {
    client: createSecretsClient(),
    report: () => {},
    now: Date.now,
  });
  expect(await createTokenSource(read).get('default')).toEqual({ missing: 'no_token' });
  const { cookie, callback } = await approve(stage.openLink());
  await visit(callback, cookie);
  const token = await createTokenSource(read).get('default');
  expect(token).toEqual({ accessToken: stage.stored().access_token });
});

test.each([
  ['the parent scope', ['5'], 200],
  ['the one scope that counts', ['7224195155857866754'], 200],
  ['a scope that rounds to the same number', ['7224195155857866755'], 403],
  ['pixel and app reporting only', ['50', '51'], 403],
  ['nothing', [], 403],
])('decides by the scope whether to connect: %s', async (_, scopes, status) => {
  const { cookie, callback } = await approve(stage.openLink(), scopes);
  expect((await visit(callback, cookie)).status).toBe(status);
  expect(Object.keys(stage.stored()).length > 0).toBe(status === 200);
});

test('connects once, however many callbacks arrive at the same time', async () => {
  const link = stage.openLink();
  const { cookie, consent } = await start(link);
  const callbacks = await Promise.all(Array.from({ length: 20 }, () => decide(consent, 'approve')));
  const seen = stage.secrets.calls.length;
  const responses = await Promise.all(callbacks.map((callback) => visit(callback, cookie)));
  const statuses = responses.map(({ status }) => status).sort();
  expect(statuses).toEqual([200, ...Array(19).fill(400)]);
  const stores = stage.writes(seen).filter((call) => call.endsWith('destinations/default'));
  expect(stores).toHaveLength(1);
});

test('keeps a link open when somebody opens it, as mail scanners do', async () => {
  const link = stage.openLink();
  for (let visits = 0; visits < 5; visits += 1) expect((await visit(link)).status).toBe(302);
  const { cookie, callback } = await approve(link);
  expect((await visit(callback, cookie)).status).toBe(200);
});

test('redirects a link to TikTok with the app, a state and the exact callback, and sets a cookie for this host only', async () => {
  const response = await visit(stage.openLink());
  const consent = new URL(response.headers.get('location') ?? '');
  expect(consent.origin + consent.pathname).toBe(`${stage.sandbox.url}/portal/auth`);
  expect([...consent.searchParams.keys()]).toEqual(['app_id', 'state', 'redirect_uri']);
  expect(consent.searchParams.get('app_id')).toBe(oauthApp.app_id);
  expect(consent.searchParams.get('state')).toMatch(/^[\w-]{43}$/);
  expect(consent.searchParams.get('redirect_uri')).toBe(`${stage.url}/v1/oauth/callback`);
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(
      /^__Host-tiktok-events-state=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    ),
  ]);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
});

const nonce = 'A'.repeat(43);
test.each([
  ['no link at all', (url: string) => url.replace(/\?.*/, '')],
  ['another nonce', (url: string) => url.replace(/link=.*/, `link=${nonce}`)],
  ['a nonce with an addition', (url: string) => `${url}x`],
  ['the link twice', (url: string) => `${url}&${url.split('?')[1]}`],
  ['markup', (url: string) => url.replace(/link=.*/, 'link=<script>alert(1)</script>')],
])('starts no connection for %s', async (_, change) => {
  const response = await visit(change(stage.openLink()));
  expect(response.status).toBe(400);
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(await response.text()).not.toContain('alert(1)');
});

test.each([
  ['that has expired', () => stage.openLink('default', 600_001), 400],
  ['to a destination that the stage does not have', () => stage.openLink('other'), 400],
  ['that a newer one replaced', () => [stage.openLink(), stage.openLink()][0] ?? '', 400],
])('starts no connection for a link %s', async (_, open, status) => {
  expect((await visit(open())).status).toBe(status);
});

test('starts no connection in a stage without a developer app, and says what is missing', async () => {
  stage.secrets.set(`${prefix}/oauth-app`, '{}');
  const response = await visit(stage.openLink());
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('oauth-app');
});
