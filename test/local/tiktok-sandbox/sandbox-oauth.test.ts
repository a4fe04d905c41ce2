/** The sandbox plays TikTok's OAuth: consent, exchange, advertisers and revocation, with TikTok's codes. */
import { describe, expect, test } from 'vitest';
import { body, control, headers, type RunningSandbox, start, track } from './sandbox-support.ts';

const app = { app_id: '7000000000000000000', secret: 'app-secret' };
const advertisers = [{ advertiser_id: '7000000000000000001', advertiser_name: 'Shop' }];
const redirect_uri = 'http://127.0.0.1:1/v1/oauth/callback?x=1';
const conversions = '7224195155857866754';

const startOauth = (now?: () => number) => start({ apps: [app], advertisers, ...(now ? { now } : {}) });

async function decide(sandbox: RunningSandbox, decision: string, scopes: string[] = ['5', conversions]) {
  const fields = new URLSearchParams({ app_id: app.app_id, state: 's&"1', redirect_uri, decision });
  for (const scope of scopes) fields.append('scope', scope);
  const options = { method: 'POST', body: fields, redirect: 'manual' } as const;
  const response = await fetch(`${sandbox.url}/portal/auth`, options);
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

async function call(sandbox: RunningSandbox, path: string, sent: object) {
  const options = { method: 'POST', headers, body: JSON.stringify(sent) };
  const text = await (await fetch(`${sandbox.url}/open_api/v1.3/oauth2/${path}/`, options)).text();
  return { text, ...JSON.parse(text) };
}

async function connect(sandbox: RunningSandbox, scopes?: string[]) {
  const auth_code = (await decide(sandbox, 'approve', scopes)).searchParams.get('auth_code') ?? '';
  return { auth_code, answer: await call(sandbox, 'access_token', { ...app, auth_code }) };
}

describe('the consent page', () => {
  test('shows a consent page that escapes every parameter', async () => {
    const query = new URLSearchParams({ app_id: app.app_id, state: '"><script>', redirect_uri });
    const response = await fetch(`${(await startOauth()).url}/portal/auth?${query}`);
    const html = await response.text();
    expect([response.status, html.includes('Approve'), html.includes('Deny')]).toEqual([200, true, true]);
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(html).not.toContain('"><script>');
  });

  test.each([
    ['an unknown app', { app_id: '1', redirect_uri }],
    ['no address to return to', { app_id: app.app_id }],
    ['a script as the address', { app_id: app.app_id, redirect_uri: 'javascript:alert(1)' }],
  ])('refuses to show the consent page for %s', async (_, query) => {
    const response = await fetch(`${(await startOauth()).url}/portal/auth?${new URLSearchParams(query)}`);
    expect(response.status).toBe(400);
  });

  test('redirects back with code and state, or after a denial without a code', async () => {
    const sandbox = await startOauth();
    const approved = await decide(sandbox, 'approve');
    expect(approved.href.startsWith(redirect_uri)).toBe(true);
    expect(approved.searchParams.get('state')).toBe('s&"1');
    expect(approved.searchParams.get('auth_code')).toMatch(/^[0-9a-f]{40}$/);
    const denied = await decide(sandbox, 'deny');
    expect(denied.searchParams.get('auth_code')).toBeNull();
    expect(denied.searchParams.get('state')).toBe('s&"1');
  });
});

describe('the exchange', () => {
  test('issues a token that can send events, with all digits of the scope ids', async () => {
    const sandbox = await startOauth();
    const { answer } = await connect(sandbox);
    expect(answer).toMatchObject({ code: 0, data: { advertiser_ids: ['7000000000000000001'] } });
    expect(answer.text).toContain(`"scope":[5,${conversions}]`);
    const token = answer.data.access_token;
    expect(await track(sandbox, body(), { headers: { ...headers, 'access-token': token } })).toMatchObject({
      code: 0,
    });
  });

  test('grants only the ticked scopes', async () => {
    const { answer } = await connect(await startOauth(), ['10']);
    expect(answer.data.scope).toEqual([10]);
  });

  test('accepts a code once, within an hour', async () => {
    let now = 0;
    const sandbox = await startOauth(() => now);
    const { auth_code } = await connect(sandbox);
    expect(await call(sandbox, 'access_token', { ...app, auth_code })).toMatchObject({ code: 40110 });
    const late = (await decide(sandbox, 'approve')).searchParams.get('auth_code');
    now = 3_600_000;
    expect(await call(sandbox, 'access_token', { ...app, auth_code: late })).toMatchObject({ code: 40110 });
  });

  test.each([
    ['a wrong secret', { secret: 'wrong' }, 40101],
    ['an unknown code', { auth_code: 'wrong' }, 40101],
    ['no code', { auth_code: undefined }, 40002],
  ])('refuses an exchange with %s under HTTP 200', async (_, fields, code) => {
    const answer = await call(await startOauth(), 'access_token', { ...app, auth_code: 'x', ...fields });
    expect(answer).toMatchObject({ code, data: {} });
  });

  test('applies oauth faults to the exchange and not to event/track', async () => {
    const sandbox = await startOauth();
    await control(sandbox, 'POST', 'faults', { kind: 'code', code: 50000, on: 'oauth', times: 1 });
    expect(await track(sandbox, body())).toMatchObject({ code: 0 });
    expect((await connect(sandbox)).answer).toMatchObject({ code: 50000 });
    expect((await connect(sandbox)).answer).toMatchObject({ code: 0 });
  });
});

describe('a token', () => {
  test('lists the ad accounts of a token until the token is revoked', async () => {
    const sandbox = await startOauth();
    const access_token: string = (await connect(sandbox)).answer.data.access_token;
    const list = async (query: object) => {
      const url = `${sandbox.url}/open_api/v1.3/oauth2/advertiser/get/?${new URLSearchParams({ ...query })}`;
      return (await fetch(url, { headers: { 'access-token': access_token } })).json();
    };
    expect(await list(app)).toMatchObject({ code: 0, data: { list: advertisers } });
    expect(await list({ ...app, secret: 'x' })).toMatchObject({ code: 40101 });
    expect(await call(sandbox, 'revoke_token', { ...app, access_token })).toMatchObject({ code: 0 });
    expect(await list(app)).toMatchObject({ code: 40105 });
    expect(await call(sandbox, 'revoke_token', { ...app, access_token })).toMatchObject({ code: 40105 });
  });
});
