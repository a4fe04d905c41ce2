/** Who signs a body for a try can choose the headers that the signature covers, as the sender does. */
import { expect, test } from 'vitest';
import { custom, nowSeconds } from '../../../support/webhooks/signed-requests.ts';

const secret = 'a-secret-of-enough-bytes';
const body = Buffer.from('{}');

test('signs the headers of the sender that a template names, and gives those that are missing a value', () => {
  const { signPlaces, verify } = custom({
    profile: 'hmac',
    header: 'x-signature',
    signedTemplate: '{header:X-Store}.{header:x-event}.{body}',
  });
  const { headers } = signPlaces({ secret, body, nowSeconds, headers: { 'x-store': '42' } });
  expect(headers).toMatchObject({ 'x-store': '42', 'x-event': 'verify' });
  expect(verify({ headers, body, secrets: [secret], nowSeconds })).toEqual({ ok: true });
});

test('signs the id that the sender gives its delivery', () => {
  const { signPlaces, verify } = custom({ profile: 'standard-webhooks', secretEncoding: 'utf8' });
  const { headers } = signPlaces({ secret, body, nowSeconds, headers: { 'webhook-id': 'msg_1' } });
  expect(headers).toMatchObject({ 'webhook-id': 'msg_1' });
  expect(verify({ headers, body, secrets: [secret], nowSeconds })).toEqual({ ok: true });
});
