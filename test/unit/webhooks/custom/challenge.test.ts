/** The GET by which a platform checks an address, as Meta and Haravan send it. */
import { expect, test } from 'vitest';
import { webhookReceiver, webhookRequest } from '../../../support/webhooks/receive-webhooks.ts';
import type { Json } from '../../../support/webhooks/webhook-bodies.ts';

const haravan = {
  platform: 'custom',
  challenge: 'hub',
  auth: { profile: 'hmac', header: 'x-haravan-hmacsha256', encoding: 'base64' },
  mapping: { event_name: "'Purchase'" },
};
const token = 'canary-verify-token';
const subscription = {
  'hub.mode': 'subscribe',
  'hub.verify_token': token,
  'hub.challenge': '1158201444',
};

async function ask(
  query: Record<string, string | undefined> | undefined,
  {
    settings = haravan as Json,
    method = 'GET',
    secrets = [['client-secret', token]] as (string[] | Error)[],
  } = {},
) {
  const receiver = await webhookReceiver({ settings, secrets });
  const probe = webhookRequest('', {}, query && { queryStringParameters: query as Record<string, string> });
  const http = { ...probe.requestContext.http, method };
  const answer = await receiver.receive({ ...probe, requestContext: { ...probe.requestContext, http } });
  return { ...answer, reads: receiver.reads() };
}

test.each([
  ['a number', '1158201444'],
  ['letters of every safe kind', 'aZ09-_.~:+/='],
  ['512 characters', 'c'.repeat(512)],
])(
  'sends back a challenge of %s as plain text when the verify token is a secret of the source',
  async (_what, text) => {
    const { response, log } = await ask({ ...subscription, 'hub.challenge': text });
    expect(response).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      body: text,
    });
    expect(log).toEqual({ source: 'shop', reason: 'challenge' });
  },
);

test('sends back a challenge without a mode, as some senders ask', async () => {
  const { 'hub.mode': _, ...query } = subscription;
  expect((await ask(query)).response).toMatchObject({ statusCode: 200, body: '1158201444' });
});

test('sends back a challenge with a verify token that was stored a moment ago', async () => {
  const { response, reads } = await ask(subscription, { secrets: [['old'], ['old', token]] });
  expect(response).toMatchObject({ statusCode: 200, body: '1158201444' });
  expect(reads).toBe(2);
});

test.each<[string, Record<string, string>, string]>([
  ['another verify token', { 'hub.verify_token': 'guess' }, 'signature_mismatch'],
  ['a longer verify token', { 'hub.verify_token': `${token}x` }, 'signature_mismatch'],
  ['an empty verify token', { 'hub.verify_token': '' }, 'signature_mismatch'],
  ['another mode', { 'hub.mode': 'unsubscribe' }, 'signature_malformed'],
  ['no text', { 'hub.challenge': '' }, 'signature_malformed'],
  ['HTML', { 'hub.challenge': '<script>alert(1)</script>' }, 'signature_malformed'],
  ['a line break', { 'hub.challenge': 'a\r\nb' }, 'signature_malformed'],
  ['a line break at its end', { 'hub.challenge': 'a\n' }, 'signature_malformed'],
  ['two texts', { 'hub.challenge': 'a,b' }, 'signature_malformed'],
  ['too long a text', { 'hub.challenge': 'c'.repeat(513) }, 'signature_malformed'],
])('answers 403 to a challenge with %s', async (_what, changes, reason) => {
  const { response, log } = await ask({ ...subscription, ...changes });
  expect(response).toMatchObject({ status: 403, code: 'wrong_verify_token' });
  expect(log).toEqual({ source: 'shop', reason });
  expect(JSON.stringify([response, log])).not.toContain('canary');
});

test.each([['hub.verify_token'], ['hub.challenge']])(
  'answers 403 to a challenge without %s',
  async (name) => {
    const { response } = await ask({ ...subscription, [name]: undefined });
    expect(response).toMatchObject({ status: 403, code: 'wrong_verify_token' });
  },
);

test('answers 503 to a challenge when the only secret is an empty text', async () => {
  const { response } = await ask({ ...subscription, 'hub.verify_token': '' }, { secrets: [['']] });
  expect(response).toMatchObject({ status: 503, code: 'source_not_ready' });
});

test.each<[string, (string[] | Error)[], string]>([
  ['cannot be read', [new Error('down')], 'secrets_unavailable'],
  ['are missing', [[]], 'source_not_ready'],
])('answers 503 to a challenge when the secrets of the source %s', async (_how, secrets, code) => {
  expect((await ask(subscription, { secrets })).response).toMatchObject({ status: 503, code });
});

const asToday = { statusCode: 200, body: '{"accepted":0,"skipped":[]}' };

test.each<[string, Record<string, string> | undefined, string]>([
  ['a GET without a query', undefined, 'GET'],
  ['a GET with another query', { token: 'x' }, 'GET'],
  ['a HEAD', subscription, 'HEAD'],
])(
  'answers %s as a probe, before it reads a secret, although the source has a challenge',
  async (_what, query, method) => {
    const { response, reads } = await ask(query, { method });
    expect(response).toMatchObject(asToday);
    expect(reads).toBe(0);
  },
);

test('answers a challenge as a probe when the source has none in its settings', async () => {
  const { challenge: _, ...settings } = haravan;
  const { response, reads } = await ask(subscription, { settings });
  expect(response).toMatchObject(asToday);
  expect(reads).toBe(0);
});
