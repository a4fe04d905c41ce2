/** The recipes verify what their senders sign: each signature is computed here as the sender's documentation says. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { platformNamed } from '../../../lib/webhooks/platforms.ts';
import { webhookReceiver, webhookRequest } from '../../support/webhooks/receive-webhooks.ts';
import { type Json, nowSeconds } from '../../support/webhooks/webhook-bodies.ts';
import { readRecipe } from './guide.ts';

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text);

interface Sender {
  readonly guide: string;
  readonly secret: string;
  readonly sign: (secret: string, body: string, seconds: number) => Record<string, string>;
}

const standard = (secret: string, body: string, seconds: number) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': `${seconds}`,
  'webhook-signature': `v1,${hmac(secret, `msg_1.${seconds}.${body}`).digest('base64')}`,
});

const senders: readonly Sender[] = [
  {
    guide: 'salla',
    secret: '7d1f3c0b9a',
    sign: (secret, body) => ({
      'x-salla-security-strategy': 'Signature',
      'x-salla-signature': hmac(secret, body).digest('hex'),
    }),
  },
  {
    guide: 'paddle',
    secret: 'pdl_ntfset_01h8e1jxjnw9ra6zarhnz1a7y1_abc',
    sign: (secret, body, seconds) => ({
      'paddle-signature': `ts=${seconds};h1=${hmac(secret, `${seconds}:${body}`).digest('hex')}`,
    }),
  },
  {
    guide: 'shopline',
    secret: 'app-secret',
    sign: (secret, body) => ({ 'x-shopline-hmac-sha256': hmac(secret, body).digest('base64') }),
  },
  {
    guide: 'shopline',
    secret: 'app-secret',
    sign: (secret, body) => ({ 'x-shopline-hmac-sha256': hmac(secret, body).digest('hex') }),
  },
  {
    guide: 'lemon-squeezy',
    secret: 'six-to-forty',
    sign: (secret, body) => ({ 'x-signature': hmac(secret, body).digest('hex') }),
  },
  { guide: 'polar', secret: 'polar_whs_c2VjcmV0LW9mLXRoZS1lbmRwb2ludA', sign: standard },
];

const accepted = { statusCode: 200, body: expect.stringContaining('{"accepted":1,"skipped":[]') };
const refused = { status: 401 };

/** The answer to the first body of a guide, from a source with one secret. */
async function answerTo(guide: string, secret: string, signed: Record<string, string>, changes: Json = {}) {
  const { settings, headers, examples } = readRecipe(guide);
  const { body = examples[0]?.body, ...others } = changes;
  const { receive } = await webhookReceiver({ settings: { ...settings, ...others }, secrets: [[secret]] });
  return (await receive(webhookRequest(String(body), { ...headers, ...signed }))).response;
}

const bodyOf = (guide: string): string => readRecipe(guide).examples[0]?.body ?? '';

describe.each(senders)('a delivery of $guide', ({ guide, secret, sign }) => {
  const body = bodyOf(guide);

  test('is accepted with the signature of its sender', async () => {
    expect(await answerTo(guide, secret, sign(secret, body, nowSeconds))).toMatchObject(accepted);
  });

  test('is refused with the signature of another secret', async () => {
    expect(await answerTo(guide, secret, sign(`${secret}x`, body, nowSeconds))).toMatchObject(refused);
  });

  test('is refused when a byte of the body was changed', async () => {
    const changed = { body: `${body} ` };
    expect(await answerTo(guide, secret, sign(secret, body, nowSeconds), changed)).toMatchObject(refused);
  });

  test('is refused without its signature', async () => {
    expect(await answerTo(guide, secret, {})).toMatchObject(refused);
  });
});

test.each(senders.filter(({ guide }) => guide === 'paddle' || guide === 'polar'))(
  'a delivery of $guide is refused with a signature of ten minutes ago',
  async ({ guide, secret, sign }) => {
    const old = sign(secret, bodyOf(guide), nowSeconds - 600);
    expect(await answerTo(guide, secret, old)).toMatchObject(refused);
  },
);

test.each([...new Set(senders.map(({ guide }) => guide)), 'own-backend'])(
  'the source of %s accepts what the gateway signs itself to try it',
  (guide) => {
    const { settings } = readRecipe(guide);
    const { sign, verify } = platformNamed('custom').bind(settings);
    const body = Buffer.from(bodyOf(guide));
    const headers = sign({ secret: 'a-secret-of-this-source', body, nowSeconds });
    expect(verify({ headers, body, secrets: ['a-secret-of-this-source'], nowSeconds })).toEqual({ ok: true });
  },
);

test('a delivery of Salla is accepted with its token when the source has that profile', async () => {
  const auth = { profile: 'static-token', header: 'authorization' };
  const post = (authorization: string) => answerTo('salla', 'the-token', { authorization }, { auth });
  expect(await post('the-token')).toMatchObject(accepted);
  expect(await post('another')).toMatchObject(refused);
});
