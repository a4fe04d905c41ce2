/** Signatures of several fields in one header, as Paddle, Stripe, Calendly and Ordergroove send them. */
import Stripe from 'stripe';
import { expect, test } from 'vitest';
import {
  accepted,
  body,
  check,
  custom,
  nowSeconds,
  platform,
  refused,
  sign,
} from '../../../support/webhooks/signed-requests.ts';
import type { Json } from '../../../support/webhooks/webhook-bodies.ts';

const secret = 'pdl_ntfset_secret';
const paddleAuth = {
  profile: 'hmac',
  header: 'paddle-signature',
  fields: { timestamp: 'ts', signature: 'h1' },
  signedTemplate: '{timestamp}:{body}',
};
const paddle = custom(paddleAuth);
const h1 = (time: number | string = nowSeconds, key = secret) => sign(key, `${time}:${body}`, 'hex');
const header = (value: string) => ({ 'Paddle-Signature': value });

test.each([
  ['as Paddle sends it', `ts=${nowSeconds};h1=${h1()}`],
  ['with commas', `ts=${nowSeconds},h1=${h1()}`],
  ['with spaces around its parts', ` ts = ${nowSeconds} ; h1 = ${h1()} `],
  ['in another order', `h1=${h1()};ts=${nowSeconds}`],
  ['with unknown fields', `v0=abc;ts=${nowSeconds};alg=sha256;;h1=${h1()};x`],
  ['with several signatures during a rotation', `ts=${nowSeconds};h1=${h1(nowSeconds, 'old')};h1=${h1()}`],
  ['with a malformed signature beside the right one', `ts=${nowSeconds};h1=zz;h1=${h1()}`],
])('accepts a signature of fields %s', (_how, value) => {
  expect(check(paddle, header(value), [secret])).toEqual(accepted);
});

test.each([
  ['the other secret of a rotation', ['new', secret]],
  ['the only secret', [secret]],
])('accepts a signature of fields that belongs to %s', (_which, secrets) => {
  expect(check(paddle, header(`ts=${nowSeconds};h1=${h1()}`), secrets)).toEqual(accepted);
});

test.each<[string, Json | string]>([
  ['signature_missing', {}],
  ['signature_repeated', { 'paddle-signature': [`ts=${nowSeconds};h1=${h1()}`, 'x'] }],
  // API Gateway joins a repeated header with a comma.
  ['signature_repeated', `ts=${nowSeconds};h1=${h1()},ts=${nowSeconds};h1=${h1()}`],
  ['signature_repeated', `ts=${nowSeconds};ts=${nowSeconds};h1=${h1()}`],
  ['timestamp_missing', `h1=${h1()}`],
  ['timestamp_missing', `ts=;h1=${h1('')}`],
  ['timestamp_missing', `ts=soon;h1=${h1('soon')}`],
  ['timestamp_missing', `TS=${nowSeconds};h1=${h1()}`],
  ['timestamp_missing', `ts=-${nowSeconds};h1=${h1(`-${nowSeconds}`)}`],
  ['signature_malformed', `ts=${nowSeconds}`],
  ['signature_malformed', `ts=${nowSeconds};h1`],
  ['signature_malformed', `ts=${nowSeconds};h1=`],
  ['signature_malformed', `ts=${nowSeconds};h2=${h1()}`],
  ['signature_malformed', `ts=${nowSeconds};h1="${h1()}"`],
  ['signature_mismatch', `ts=${nowSeconds - 1};h1=${h1()}`],
  ['signature_mismatch', `ts=${nowSeconds};h1=${sign(secret, body, 'hex')}`],
  ['signature_mismatch', `ts=${nowSeconds};h1=${h1(nowSeconds, 'other')}`],
])('promise 7: rejects a signature of fields with the reason %s: case %#', (reason, given) => {
  const headers = typeof given === 'string' ? header(given) : given;
  expect(check(paddle, headers as Record<string, string>, [secret])).toEqual(refused(reason));
});

test.each<[string, number, object]>([
  ['five minutes ago', -300, accepted],
  ['five minutes ahead', 300, accepted],
  ['more than five minutes ago', -301, refused('timestamp_outside_tolerance')],
  ['more than five minutes ahead', 301, refused('timestamp_outside_tolerance')],
])(
  'judges a signature of fields by five minutes, unless the settings say otherwise, when it is from %s',
  (_when, offset, verdict) => {
    const time = nowSeconds + offset;
    expect(check(paddle, header(`ts=${time};h1=${h1(time)}`), [secret])).toEqual(verdict);
  },
);

test('judges a signature of fields by the tolerance of the settings', () => {
  const strict = custom({ ...paddleAuth, toleranceSeconds: 5 });
  const old = nowSeconds - 6;
  expect(check(strict, header(`ts=${old};h1=${h1(old)}`), [secret])).toEqual(
    refused('timestamp_outside_tolerance'),
  );
  expect(check(strict, header(`ts=${old + 1};h1=${h1(old + 1)}`), [secret])).toEqual(accepted);
});

const iso = new Date(nowSeconds * 1000).toISOString();

test.each<[string, string, object]>([
  ['milliseconds', `${nowSeconds}123`, accepted],
  ['microseconds', `${nowSeconds}123456`, accepted],
  ['nanoseconds', `${nowSeconds}123456789`, accepted],
  ['ISO 8601', iso, accepted],
  ['ISO 8601 with an offset', `${iso.slice(0, 19)}+00:00`, accepted],
  ['ISO 8601 of another zone', `${iso.slice(0, 19)}+01:00`, refused('timestamp_outside_tolerance')],
  ['ISO 8601 without a zone', iso.slice(0, 19), refused('timestamp_missing')],
  ['milliseconds of an hour ago', `${nowSeconds - 3600}000`, refused('timestamp_outside_tolerance')],
  ['a day that does not exist', '2026-13-40T00:00:00Z', refused('timestamp_missing')],
])('reads the time of a signature of fields as %s, and signs its exact text', (_unit, time, verdict) => {
  expect(check(paddle, header(`ts=${time};h1=${h1(time)}`), [secret])).toEqual(verdict);
});

test('reads a time of 11 digits as seconds', () => {
  const far = 10_000_000_000;
  const headers = header(`ts=${far};h1=${h1(far)}`);
  expect(paddle.verify({ headers, body, secrets: [secret], nowSeconds: far })).toEqual(accepted);
});

test('reads Zendesk’s signature over a time in a header and the body', () => {
  const zendesk = custom({
    profile: 'hmac',
    header: 'x-zendesk-webhook-signature',
    encoding: 'base64',
    signedTemplate: '{header:x-zendesk-webhook-signature-timestamp}{body}',
    timestampHeader: 'x-zendesk-webhook-signature-timestamp',
    toleranceSeconds: 300,
  });
  const headers = {
    'x-zendesk-webhook-signature-timestamp': iso,
    'x-zendesk-webhook-signature': sign(secret, `${iso}${body}`, 'base64'),
  };
  expect(check(zendesk, headers, [secret])).toEqual(accepted);
});

test('accepts a signature of Ordergroove: ts and sig, separated by a comma', () => {
  const ordergroove = custom({
    profile: 'hmac',
    header: 'ordergroove-signature',
    fields: { timestamp: 'ts', signature: 'sig' },
    signedTemplate: '{timestamp}.{body}',
  });
  const value = `ts=${nowSeconds},sig=${sign(secret, `${nowSeconds}.${body}`, 'hex')}`;
  expect(check(ordergroove, { 'OrderGroove-Signature': value }, [secret])).toEqual(accepted);
});

test('accepts fields without a time, each with a prefix, in base64', () => {
  const source = custom({
    profile: 'hmac',
    header: 'x-sig',
    fields: { signature: 's' },
    encoding: 'base64',
    prefix: 'sha256=',
  });
  const signature = sign(secret, body, 'base64');
  expect(check(source, { 'x-sig': `k=1, s=sha256=${signature}` }, [secret])).toEqual(accepted);
  expect(check(source, { 'x-sig': `k=1, s=${signature}` }, [secret])).toEqual(refused('signature_malformed'));
});

const stripeEvents = custom({
  profile: 'hmac',
  header: 'stripe-signature',
  fields: { timestamp: 't', signature: 'v1' },
  signedTemplate: '{timestamp}.{body}',
  toleranceSeconds: 300,
});

test.each(['payment_intent.succeeded', 'invoice.paid'])(
  'accepts %s of Stripe’s own library on a custom source, as the platform does',
  (type) => {
    const { webhooks } = new Stripe('sk_test_none');
    const payload = JSON.stringify({ id: 'evt_1', type, data: { object: { amount_received: 1999 } } });
    const options = { payload, secret: 'whsec_test', timestamp: nowSeconds };
    const headers = { 'Stripe-Signature': webhooks.generateTestHeaderString(options) };
    for (const source of [stripeEvents, platform('stripe')]) {
      expect(check(source, headers, ['whsec_test'], Buffer.from(payload))).toEqual(accepted);
      expect(check(source, headers, ['whsec_test'], Buffer.from(`${payload} `))).toEqual(
        refused('signature_mismatch'),
      );
    }
  },
);
