import { expect, test } from 'vitest';
import {
  consentUrl,
  exchangeCode,
  readAdvertiserNames,
  revokeToken,
} from '../../../lib/oauth/tiktok-oauth.ts';
import type { TikTokCall, TikTokReply } from '../../../lib/tiktok/client.ts';

const app = { app_id: '7000000000000000000', secret: 's&c=r?t' };
const calls: TikTokCall[] = [];
const answering = (reply: TikTokReply) => async (call: TikTokCall) => {
  calls.push(call);
  return reply;
};
const answer = (text: string, code: number | undefined = 0, status = 200): TikTokReply => ({
  kind: 'answer',
  status,
  text,
  requestId: 'r1',
  ...(code !== undefined && { code }),
});
const ok = (data: string) => answer(`{"code":0,"data":${data}}`);

test('escapes the app, the state and the redirect address in the consent URL', () => {
  expect(consentUrl('https://t.example', 'a&b', 's=1', 'https://x.example/v1/oauth/callback')).toBe(
    'https://t.example/portal/auth?app_id=a%26b&state=s%3D1&redirect_uri=https%3A%2F%2Fx.example%2Fv1%2Foauth%2Fcallback',
  );
});

test("keeps every digit of the ids in TikTok's token answer, sent as numbers or as text", async () => {
  const data =
    '{"access_token":"t","advertiser_ids":[7000000000000000001,"7000000000000000003"],"scope":[7224195155857866754,"5",4]}';
  expect(await exchangeCode(answering(ok(data)), app, 'c')).toEqual({
    kind: 'granted',
    requestId: 'r1',
    grant: {
      accessToken: 't',
      advertiserIds: ['7000000000000000001', '7000000000000000003'],
      scopes: ['7224195155857866754', '5', '4'],
    },
  });
  expect(calls.at(-1)).toMatchObject({ method: 'POST', path: '/open_api/v1.3/oauth2/access_token/' });
  expect(JSON.parse(calls.at(-1)?.body ?? '')).toEqual({ ...app, auth_code: 'c' });
});

test("reads absent and null lists in TikTok's token answer as empty", async () => {
  const exchange = await exchangeCode(answering(ok('{"access_token":"t","scope":null}')), app, 'c');
  expect(exchange).toMatchObject({ grant: { advertiserIds: [], scopes: [] } });
});

test.each<[string, TikTokReply, string, string]>([
  ['a used code', answer('{}', 40110), 'code_refused', 'tiktok_40110'],
  ['a wrong secret', answer('{}', 40101), 'app_refused', 'tiktok_40101'],
  ['a forbidden app', answer('{}', 40113), 'app_refused', 'tiktok_40113'],
  [
    'an error under HTTP 200',
    answer('{"data":{"access_token":"t"}}', 40002),
    'tiktok_failed',
    'tiktok_40002',
  ],
  ['success under HTTP 500', answer('{"data":{"access_token":"t"}}', 0, 500), 'tiktok_failed', 'tiktok_0'],
  ['no code at all', { kind: 'answer', status: 502, text: '<html>' }, 'tiktok_failed', 'http_502'],
  ['no token', ok('{"scope":[5]}'), 'tiktok_failed', 'unreadable_answer'],
  [
    'a token that is no header value',
    ok('{"access_token":"a\\r\\nb"}'),
    'tiktok_failed',
    'unreadable_answer',
  ],
  [
    'ids that are objects',
    ok('{"access_token":"t","advertiser_ids":[{}]}'),
    'tiktok_failed',
    'unreadable_answer',
  ],
  ['no answer', { kind: 'failure', reason: 'timeout', isSent: true }, 'tiktok_failed', 'timeout'],
])("accepts no token when TikTok's answer is %s", async (_, reply, kind, detail) => {
  expect(await exchangeCode(answering(reply), app, 'c')).toMatchObject({ kind, detail });
});

test('sends the token, and the escaped app in the query, to read the names of ad accounts', async () => {
  const list = '{"list":[{"advertiser_id":7000000000000000001,"advertiser_name":"Shop"}]}';
  const names = await readAdvertiserNames(answering(ok(list)), app, 't');
  expect([...names]).toEqual([['7000000000000000001', 'Shop']]);
  expect(calls.at(-1)).toMatchObject({
    accessToken: 't',
    path: '/open_api/v1.3/oauth2/advertiser/get/?app_id=7000000000000000000&secret=s%26c%3Dr%3Ft',
  });
});

test.each<[string, TikTokReply]>([
  ['a missing permission', answer('{}', 40001)],
  ['a list of another form', ok('{"list":[{"advertiser_id":1}]}')],
  ['a page', answer('<html>')],
  ['no answer', { kind: 'failure', reason: 'network', isSent: false }],
])('gives no names of ad accounts, and no error, after %s', async (_, reply) => {
  expect([...(await readAdvertiserNames(answering(reply), app, 't'))]).toEqual([]);
});

test.each<[TikTokReply, object]>([
  [ok('{}'), { kind: 'revoked' }],
  [answer('{}', 40105), { kind: 'unknown' }],
  [answer('{}', 40101), { kind: 'failed', detail: 'tiktok_40101' }],
  [
    { kind: 'failure', reason: 'network', isSent: false },
    { kind: 'failed', detail: 'network' },
  ],
])('reports the result of a revocation after the answer %j as %j', async (reply, expected) => {
  expect(await revokeToken(answering(reply), app, 't')).toEqual(expected);
  expect(calls.at(-1)?.path).toBe('/open_api/v1.3/oauth2/revoke_token/');
  expect(JSON.parse(calls.at(-1)?.body ?? '')).toEqual({ ...app, access_token: 't' });
});
