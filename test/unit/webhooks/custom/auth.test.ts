import { sign as signAsGitHub } from '@octokit/webhooks-methods';
import { expect, test } from 'vitest';
import {
  accepted,
  body,
  check,
  custom,
  nowSeconds,
  refused,
  sign,
} from '../../../support/webhooks/signed-requests.ts';
import type { Json } from '../../../support/webhooks/webhook-bodies.ts';

const secret = 'a-shared-secret';

test('accepts a signature of GitHub’s own library with a custom HMAC profile', async () => {
  const settings = custom({ profile: 'hmac', header: 'x-hub-signature-256', prefix: 'sha256=' });
  const signature = await signAsGitHub(secret, body.toString());
  expect(check(settings, { 'X-Hub-Signature-256': signature }, [secret])).toEqual(accepted);
  const bare = signature.slice('sha256='.length);
  for (const wrong of [bare, `sha512=${bare}`, `SHA256=${bare}`])
    expect(check(settings, { 'X-Hub-Signature-256': wrong }, [secret])).toEqual(
      refused('signature_malformed'),
    );
});

test.each<[string, 'hex' | 'base64']>([
  ['sha1', 'hex'],
  ['sha256', 'base64'],
  ['sha384', 'hex'],
  ['sha512', 'base64'],
])('accepts a custom HMAC signature with %s in %s', (algorithm, encoding) => {
  const settings = custom({ profile: 'hmac', header: 'x-sig', algorithm, encoding });
  const signature = sign(secret, body, encoding, algorithm);
  expect(check(settings, { 'x-sig': signature }, ['no', secret])).toEqual(accepted);
  expect(check(settings, { 'x-sig': signature.toUpperCase() }, [secret]).ok).toBe(encoding === 'hex');
});

test.each(['sha1', 'sha256', 'sha384', 'sha512'])(
  'accepts a custom HMAC signature with %s in hex and in base64 when the settings allow both',
  (algorithm) => {
    const settings = custom({ profile: 'hmac', header: 'x-sig', algorithm, encoding: 'hex_or_base64' });
    for (const encoding of ['hex', 'base64'] as const) {
      const signature = sign(secret, body, encoding, algorithm);
      expect(check(settings, { 'x-sig': signature }, [secret])).toEqual(accepted);
      expect(check(settings, { 'x-sig': signature }, ['other'])).toEqual(refused('signature_mismatch'));
    }
    expect(check(settings, { 'x-sig': 'zz' }, [secret])).toEqual(refused('signature_malformed'));
  },
);

test('reads a hex secret as bytes, as Squarespace does', () => {
  const settings = custom({ profile: 'hmac', header: 'squarespace-signature', secretEncoding: 'hex' });
  const signature = sign(Buffer.from('00ff10', 'hex'), body, 'hex');
  expect(check(settings, { 'Squarespace-Signature': signature }, ['00ff10'])).toEqual(accepted);
});

const signedHeaders = custom({
  profile: 'hmac',
  header: 'x-sig',
  signedTemplate: 'v0:{header:X-Time}:{header:x-topic}:{body}',
  timestampHeader: 'x-time',
  toleranceSeconds: 60,
});
const headers = (time: number | string, topic = 'paid') => ({
  'x-time': String(time),
  'x-topic': topic,
  'x-sig': sign(secret, `v0:${time}:${topic}:${body}`, 'hex'),
});

test.each<[string, number | string, object]>([
  ['seconds', nowSeconds, accepted],
  ['milliseconds', nowSeconds * 1000, accepted],
  ['at the edge', nowSeconds - 60, accepted],
  ['too old', nowSeconds - 61, refused('timestamp_outside_tolerance')],
  ['too new', nowSeconds + 61, refused('timestamp_outside_tolerance')],
  ['no time', 'soon', refused('timestamp_missing')],
])('checks a custom signature over headers when the time is: %s', (_how, time, verdict) => {
  expect(check(signedHeaders, headers(time), [secret])).toEqual(verdict);
});

test('rejects a signed header that was changed, omitted or sent twice', () => {
  const good = headers(nowSeconds);
  expect(check(signedHeaders, { ...good, 'x-topic': 'refunded' }, [secret])).toEqual(
    refused('signature_mismatch'),
  );
  expect(check(signedHeaders, { ...good, 'x-topic': undefined }, [secret])).toEqual(
    refused('signature_malformed'),
  );
  expect(check(signedHeaders, { ...good, 'X-Topic': 'paid' }, [secret])).toEqual(
    refused('signature_malformed'),
  );
});

const settings = custom({ profile: 'static-token', header: 'authorization', prefix: 'Bearer ' });

test.each<[string, object]>([
  ['Bearer a-shared-secret', accepted],
  ['Bearer a-shared-secret ', refused('signature_mismatch')],
  ['Bearer A-shared-secret', refused('signature_mismatch')],
  ['a-shared-secret', refused('signature_malformed')],
  [`Bearer ${'x'.repeat(5000)}`, refused('signature_malformed')],
])('decides whether the static token %j is valid', (authorization, verdict) => {
  expect(check(settings, { authorization }, [secret])).toEqual(verdict);
});

test('rejects a static token that is absent or repeated', () => {
  expect(check(settings, {}, [secret])).toEqual(refused('signature_missing'));
  const twice = { authorization: ['Bearer a', `Bearer ${secret}`] };
  expect(check(settings, twice, [secret])).toEqual(refused('signature_repeated'));
});

test('rejects an empty static token', () => {
  expect(check(settings, { authorization: 'Bearer ' }, ['', 'x'])).toEqual(refused('signature_mismatch'));
});

test('verifies a custom source with the Standard Webhooks profile', () => {
  const settings = custom({ profile: 'standard-webhooks', secretEncoding: 'utf8' });
  const headers = {
    'webhook-id': 'm',
    'webhook-timestamp': String(nowSeconds),
    'webhook-signature': `v1,${sign(secret, `m.${nowSeconds}.${body}`, 'base64')}`,
  };
  expect(check(settings, headers, [secret])).toEqual(accepted);
});

test.each<[string, Json]>([
  ['hmac', { profile: 'hmac', header: 'x-sig', prefix: 'v0=' }],
  [
    'hmac over a time and another header',
    {
      profile: 'hmac',
      header: 'x-sig',
      signedTemplate: '{header:X-Time}.{header:x-topic}.{body}',
      timestampHeader: 'x-time',
      toleranceSeconds: 60,
    },
  ],
  ['static-token', { profile: 'static-token', header: 'authorization', prefix: 'Bearer ' }],
  ['standard-webhooks', { profile: 'standard-webhooks', secretEncoding: 'utf8' }],
])('signs a request with the profile %s so that the same settings accept it', (_, auth) => {
  const source = custom(auth);
  const headers = source.sign({ secret, body, nowSeconds });
  expect(check(source, headers, [secret])).toEqual(accepted);
  expect(check(source, headers, ['other-secret-of-16-bytes']).ok).toBe(false);
});

test('reads the id of a delivery only from a header that the profile signs', () => {
  const headers = { 'webhook-id': 'msg_1' };
  expect(custom({ profile: 'standard-webhooks' }).deliveryId?.(headers)).toBe('msg_1');
  expect(custom({ profile: 'hmac', header: 'x-sig' }).deliveryId?.(headers)).toBeUndefined();
});
