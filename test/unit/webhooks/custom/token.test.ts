/** Tokens and signatures in the query of the address or in the body, as Gumroad, Kiwify, ThriveCart and Cakto send them. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../../../lib/privacy/sha256.ts';
import type { SignedRequest } from '../../../../lib/webhooks/signatures/verification.ts';
import { webhookReceiver, webhookRequest } from '../../../support/webhooks/receive-webhooks.ts';
import {
  accepted,
  body,
  check,
  custom,
  nowSeconds,
  refused,
} from '../../../support/webhooks/signed-requests.ts';
import type { Json } from '../../../support/webhooks/webhook-bodies.ts';

const secret = 'canary-token-7f3a';
const verify = (auth: Json, request: Partial<SignedRequest>, secrets = ['other', secret]) =>
  custom(auth).verify({ headers: {}, body, secrets, nowSeconds, ...request });

const inQuery = { profile: 'static-token', query: 'token' };

test.each<[Record<string, string>, object]>([
  [{ token: secret }, accepted],
  [{ token: secret, other: '1' }, accepted],
  [{ token: `${secret} ` }, refused('signature_mismatch')],
  [{ token: secret.toUpperCase() }, refused('signature_mismatch')],
  // API Gateway joins a repeated parameter with a comma.
  [{ token: `${secret},${secret}` }, refused('signature_mismatch')],
  [{ token: '' }, refused('signature_mismatch')],
  [{ token: 'x'.repeat(5000) }, refused('signature_malformed')],
  [{ Token: secret }, refused('signature_missing')],
  [{}, refused('signature_missing')],
])('decides whether the query %j has the token', (query, verdict) => {
  expect(verify(inQuery, { query })).toEqual(verdict);
});

test('reads no token from a header or from the prototype of the query when it belongs into the query', () => {
  expect(verify(inQuery, { headers: { token: secret } })).toEqual(refused('signature_missing'));
  const named = { profile: 'static-token', query: 'constructor' };
  expect(verify(named, { query: {} })).toEqual(refused('signature_missing'));
  expect(verify(named, {})).toEqual(refused('signature_missing'));
});

const kiwify = { profile: 'hmac', query: 'signature', algorithm: 'sha1' };
const sha1 = (encoding: 'hex' | 'base64', data: Uint8Array = body) =>
  createHmac('sha1', secret).update(data).digest(encoding);

test('accepts an HMAC-SHA1 in the query, as Kiwify sends it', () => {
  expect(verify(kiwify, { query: { signature: sha1('hex') } })).toEqual(accepted);
  expect(verify(kiwify, { query: { signature: sha1('hex') }, body: Buffer.from('{}') })).toEqual(
    refused('signature_mismatch'),
  );
  expect(verify(kiwify, { query: { signature: `${sha1('hex')},${sha1('hex')}` } })).toEqual(
    refused('signature_malformed'),
  );
});

test('accepts base64 in the query whose + was sent unescaped, and so arrives as a space', () => {
  const bytes = Array.from({ length: 200 }, (_, index) => Buffer.from(`{"id":${index}}`)).find((data) =>
    sha1('base64', data).includes('+'),
  );
  const auth = { ...kiwify, encoding: 'base64' };
  const signature = sha1('base64', bytes);
  expect(verify(auth, { query: { signature }, body: bytes ?? body })).toEqual(accepted);
  expect(verify(auth, { query: { signature: signature.replaceAll('+', ' ') }, body: bytes ?? body })).toEqual(
    accepted,
  );
  const inHeader = { profile: 'hmac', header: 'x-sig', algorithm: 'sha1', encoding: 'base64' };
  const headers = { 'x-sig': signature.replaceAll('+', ' ') };
  expect(check(custom(inHeader), headers, [secret], bytes)).toEqual(refused('signature_malformed'));
});

const json = (value: unknown) => ({ body: Buffer.from(JSON.stringify(value)) });
const form = (text: string) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: Buffer.from(text),
});

test.each<[string, Partial<SignedRequest>, object]>([
  ['secret', json({ secret, event: 'purchase_approved' }), accepted],
  ['data.secret', json({ data: { secret } }), accepted],
  ['secret', json({ secret: 'x' }), refused('signature_mismatch')],
  ['secret', json({ secret: `${secret} ` }), refused('signature_mismatch')],
  ['secret', json({ secret: 1234 }), refused('signature_mismatch')],
  ['toString', json({}), refused('signature_missing')],
  ['__proto__.constructor.name', json({}), refused('signature_missing')],
  ['secret', json({ data: { secret } }), refused('signature_missing')],
  ['secret', json({ secret: [secret] }), refused('signature_missing')],
  ['secret', json({ secret: null }), refused('signature_missing')],
  ['secret', json([{ secret }]), refused('signature_missing')],
  ['constructor.name', json({}), refused('signature_missing')],
  ['secret', { body: Buffer.from('<xml/>') }, refused('signature_missing')],
  ['secret', { body: Buffer.from('') }, refused('signature_missing')],
  ['thrivecart_secret', form(`event=order.success&thrivecart_secret=${secret}`), accepted],
  [
    'thrivecart_secret',
    form(`thrivecart_secret=${secret}&thrivecart_secret=x`),
    refused('signature_missing'),
  ],
  ['customer.token', form(`customer[token]=${secret}`), accepted],
])('decides whether the field %s of a body is the token: case %#', (field, request, verdict) => {
  expect(verify({ profile: 'static-token', body: field }, request)).toEqual(verdict);
});

test.each<[string, Json, Partial<Parameters<typeof webhookRequest>[2]>]>([
  ['query', inQuery, { queryStringParameters: { token: secret }, rawQueryString: `token=${secret}` }],
  ['body', { profile: 'static-token', body: 'token' }, {}],
])('promise 5: answers and logs a webhook without the token in its %s', async (_place, auth, route) => {
  const settings = {
    platform: 'custom',
    auth,
    mapping: { event_name: "'Lead'", event_id: 'id', email: 'email' },
  };
  for (const secrets of [[secret], ['another']]) {
    const { receive, sent, counted } = await webhookReceiver({ settings, secrets: [secrets] });
    const text = JSON.stringify({ id: 'L1', email: 'ada@example.com', token: secret });
    const answer = await receive(webhookRequest(text, {}, route));
    expect(JSON.stringify([answer, counted, sent])).not.toContain('canary');
    expect(sent).toHaveLength(secrets[0] === secret ? 1 : 0);
  }
});

test('logs no digest of the token of a body that has no id', async () => {
  const auth = { profile: 'static-token', body: 'token' };
  const settings = { platform: 'custom', auth, mapping: { event_name: 'kind' } };
  const { receive } = await webhookReceiver({ settings, secrets: [[secret]] });
  const { log } = await receive(webhookRequest(JSON.stringify({ token: secret }), {}));
  expect(log).toMatchObject({ accepted: 0 });
  expect(JSON.stringify(log)).not.toContain(sha256(secret).slice(0, 16));
});
