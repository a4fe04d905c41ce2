/** Signatures: garbage is refused and never throws, and a changed byte is never accepted. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { readPayload } from '../../../lib/payload/read-payload.ts';
import { custom, nowSeconds, platform } from '../../support/webhooks/signed-requests.ts';

const sources = [
  platform('shopify'),
  platform('woocommerce'),
  platform('stripe'),
  platform('standard'),
  custom({ profile: 'static-token', header: 'authorization' }),
  custom({
    profile: 'hmac',
    header: 'x-sig',
    signedTemplate: '{header:x-time}.{body}',
    timestampHeader: 'x-time',
    toleranceSeconds: 60,
  }),
];
const names = fc.constantFrom(
  'x-shopify-hmac-sha256',
  'Shopify-Hmac-Sha256',
  'x-wc-webhook-signature',
  'stripe-signature',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'authorization',
  'x-sig',
  'x-time',
  '__proto__',
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.base64String(),
  fc.constantFrom(
    '',
    'v1,',
    't=,v1=',
    `t=${nowSeconds}`,
    `t=${nowSeconds},v1=${'0'.repeat(64)}`,
    `v1,${'A'.repeat(43)}=`,
    String(nowSeconds),
  ),
);
const headers = fc.dictionary(
  names,
  fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.constant(undefined)),
);

test.each(sources.map((source) => [source.name, source] as const))(
  'promise 7: rejects a garbage signature of %s without throwing',
  (_name, { verify }) => {
    fc.assert(
      fc.property(headers, fc.uint8Array(), fc.array(text, { maxLength: 3 }), (given, body, secrets) => {
        const own = secrets.map((secret) => `secret-${secret}`);
        expect(verify({ headers: given, body, secrets: own, nowSeconds }).ok).toBe(false);
        expect(verify({ headers: given, body, secrets: ['', ''], nowSeconds }).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  },
);

test('promise 7: accepts a signature only over exactly the signed bytes', () => {
  const { verify } = platform('shopify');
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1 }),
      fc.nat(),
      fc.string({ minLength: 1 }),
      (body, at, secret) => {
        const signature = createHmac('sha256', secret).update(body).digest('base64');
        const check = (bytes: Uint8Array) =>
          verify({
            headers: { 'x-shopify-hmac-sha256': signature },
            body: bytes,
            secrets: ['other', secret],
            nowSeconds,
          }).ok;
        expect(check(body)).toBe(true);
        const changed = Uint8Array.from(body);
        const index = at % body.length;
        changed[index] = (changed[index] ?? 0) ^ 1;
        expect(check(changed)).toBe(false);
      },
    ),
  );
});

test('accepts signatures of Stripe’s and of the Standard Webhooks’ own libraries, whatever the body and secret', () => {
  const { webhooks } = new Stripe('sk_test_none');
  fc.assert(
    fc.property(
      fc.json(),
      fc.string({ minLength: 1 }),
      fc.uint8Array({ minLength: 24, maxLength: 64 }),
      (body, secret, key) => {
        const bytes = Buffer.from(body);
        const stripe = webhooks.generateTestHeaderString({ payload: body, secret, timestamp: nowSeconds });
        const asked = { body: bytes, secrets: [secret], nowSeconds };
        expect(platform('stripe').verify({ ...asked, headers: { 'stripe-signature': stripe } }).ok).toBe(
          true,
        );
        const whsec = `whsec_${Buffer.from(key).toString('base64')}`;
        const standard = {
          'webhook-id': 'msg',
          'webhook-timestamp': String(nowSeconds),
          'webhook-signature': new Webhook(whsec).sign('msg', new Date(nowSeconds * 1000), body),
        };
        expect(
          platform('standard').verify({ body: bytes, secrets: [whsec], nowSeconds, headers: standard }).ok,
        ).toBe(true);
      },
    ),
  );
});

test('reads any bytes as a payload or gives a reason, and never throws', () => {
  fc.assert(fc.property(fc.uint8Array(), (body) => void readPayload(body)));
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (json) => {
      expect(readPayload(Buffer.from(json)).ok).toBe(true);
    }),
  );
});
