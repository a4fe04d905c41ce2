/** What `verify` and `trigger` sign is accepted by the same settings, and no changed byte of it is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SignedPlaces, SignedRequest } from '../../../lib/webhooks/signatures/verification.ts';
import { custom, nowSeconds } from '../../support/webhooks/signed-requests.ts';
import type { Json } from '../../support/webhooks/webhook-bodies.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
const place = fc.oneof(
  name.map((header) => ({ header: `x-${header}` })),
  name.map((query) => ({ query })),
);
const fieldNames = fc
  .uniqueArray(fc.stringMatching(/^[A-Za-z][\w.-]{0,5}$/), { minLength: 2, maxLength: 2 })
  .map(([timestamp = '', signature = '']) => ({ timestamp, signature }));
const prefix = fc.constantFrom('', 'sha256=', 'v1:');
/** Text around the parts of a template; braces have a meaning there. */
const between = fc.stringMatching(/^[ -z|~]{0,4}$/);

const template = (parts: readonly string[]) =>
  fc
    .tuple(fc.shuffledSubarray([...parts], { minLength: parts.length }), between, between)
    .map(([order, before, after]) => before + order.join('.') + after);

/** The ways to sign, with everything else left open. */
const signedContent = fc.oneof(
  template(['{body}']).map((signedTemplate) => ({ signedTemplate })),
  template(['{body}', '{header:x-topic}']).map((signedTemplate) => ({ signedTemplate })),
  template(['{body}', '{header:x-time}']).map((signedTemplate) => ({
    signedTemplate,
    timestampHeader: 'X-Time',
    toleranceSeconds: 60,
  })),
  fc
    .tuple(fieldNames, template(['{timestamp}', '{body}']))
    .map(([fields, signedTemplate]) => ({ fields, signedTemplate })),
  fieldNames.map(({ signature }) => ({ fields: { signature } })),
);

const hmac = fc
  .record({
    profile: fc.constant('hmac'),
    algorithm: fc.constantFrom('sha1', 'sha256', 'sha384', 'sha512'),
    encoding: fc.constantFrom('hex', 'base64', 'hex_or_base64'),
    secretEncoding: fc.constantFrom('utf8', 'hex', 'base64'),
    prefix,
  })
  .chain((base) => fc.tuple(place, signedContent).map((rest) => Object.assign({}, base, ...rest) as Json));

const standardWebhooks = fc
  .constantFrom('utf8', 'hex', 'base64')
  .map((secretEncoding) => ({ profile: 'standard-webhooks', secretEncoding }) as Json);

const token = fc
  .tuple(place, prefix)
  .map(([where, before]) => ({ profile: 'static-token', ...where, prefix: before }) as Json);

const key = fc.uint8Array({ minLength: 16, maxLength: 40 });

/** The text of a secret in the encoding of its source. */
const textOf = (bytes: Uint8Array, { secretEncoding }: Json): string =>
  Buffer.from(bytes).toString(secretEncoding === 'base64' ? 'base64' : 'hex');

const requestOf = ({ headers, query, body }: SignedPlaces, secrets: readonly string[]): SignedRequest => ({
  headers,
  query,
  body,
  secrets,
  nowSeconds: nowSeconds + 0.5,
});

test('promise 7: accepts what the same settings sign, with any of several secrets, and with no other', () => {
  fc.assert(
    fc.property(
      fc.oneof(hmac, standardWebhooks, token),
      key,
      key,
      fc.uint8Array(),
      (auth, own, other, body) => {
        fc.pre(Buffer.compare(own, other) !== 0);
        const { verify, sign, signPlaces } = custom(auth);
        const [secret, wrong] = [textOf(own, auth), textOf(other, auth)];
        const signed = signPlaces({ secret, body, nowSeconds });
        expect(verify(requestOf(signed, [wrong, secret]))).toEqual({ ok: true });
        expect(verify(requestOf(signed, [wrong])).ok).toBe(false);
        expect(sign({ secret, body, nowSeconds })).toEqual(signed.headers);
      },
    ),
    { numRuns: 500 },
  );
});

/** Changes one byte of a text to another visible character. */
function changed(text: string, at: number, by: number): string {
  const index = at % text.length;
  const code = 33 + ((text.charCodeAt(index) - 33 + 1 + (by % 93)) % 94);
  return text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
}

test('promise 7: rejects an HMAC after a change of any byte of body, signature, time or signed header', () => {
  fc.assert(
    fc.property(
      fc.oneof(hmac, standardWebhooks),
      key,
      fc.uint8Array({ minLength: 1 }),
      fc.nat(),
      fc.nat(),
      (auth, bytes, body, at, by) => {
        const { verify, signPlaces } = custom(auth);
        const secret = textOf(bytes, auth);
        const signed = signPlaces({ secret, body, nowSeconds });
        const isAccepted = (changes: Partial<SignedRequest>) =>
          verify({ ...requestOf(signed, [secret]), ...changes }).ok;
        const index = at % body.length;
        expect(isAccepted({ body: body.with(index, (body[index] ?? 0) ^ (1 + (by % 255))) })).toBe(false);
        for (const part of ['headers', 'query'] as const) {
          for (const [field, value] of Object.entries(signed[part])) {
            const text = changed(value, at, by);
            // Hex means the same in both cases.
            if (text.toLowerCase() === value.toLowerCase()) continue;
            expect(isAccepted({ [part]: { ...signed[part], [field]: text } })).toBe(false);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('promise 7: accepts one right signature among others, in any order, with any separator, and no second time', () => {
  const { verify, signPlaces } = custom({
    profile: 'hmac',
    header: 'x-sig',
    fields: { timestamp: 'ts', signature: 'h1' },
    signedTemplate: '{timestamp}:{body}',
  });
  const noise = fc.array(fc.stringMatching(/^(?:h1|v0|x)=[0-9a-f]{0,64}$/), { maxLength: 5 });
  fc.assert(
    fc.property(
      fc.uint8Array(),
      noise,
      fc.constantFrom(',', ';', ', ', ' ; '),
      fc.nat(),
      (body, more, gap, at) => {
        const signed = signPlaces({ secret: 's', body, nowSeconds });
        const parts = [...more, ...(signed.headers['x-sig'] ?? '').split(',')];
        const turned = [...parts.slice(at % parts.length), ...parts.slice(0, at % parts.length)];
        const ask = (value: string) => verify({ ...requestOf(signed, ['s']), headers: { 'x-sig': value } });
        expect(ask(turned.join(gap))).toEqual({ ok: true });
        expect(ask([...turned, `ts=${nowSeconds}`].join(gap)).ok).toBe(false);
      },
    ),
  );
});

test('promise 7: accepts a token in the body where the same settings put it, in JSON and in a form', () => {
  const path = fc.array(fc.stringMatching(/^[A-Za-z_][\w-]{0,5}$/), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      path,
      fc.constantFrom('json', 'form'),
      fc.json(),
      fc.string({ minLength: 1 }),
      (names, format, text, secret) => {
        const source = custom({ profile: 'static-token', body: names.join('.') }, { format });
        const body = Buffer.from(format === 'form' ? new URLSearchParams({ '0': text }).toString() : text);
        const signed = source.signPlaces({ secret, body, nowSeconds });
        expect(source.verify(requestOf(signed, ['other', secret]))).toEqual({ ok: true });
        expect(source.verify(requestOf(signed, [`${secret}x`])).ok).toBe(false);
      },
    ),
  );
});

test('promise 7: rejects garbage in every place without throwing', () => {
  const garbage = fc.dictionary(
    fc.constantFrom(
      'x-a',
      'a',
      'x-time',
      'x-topic',
      '__proto__',
      'webhook-id',
      'svix-signature',
      'content-type',
    ),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('ts=1,h1=', '=;=,', 'application/x-www-form-urlencoded'),
    ),
  );
  const anyAuth = fc.oneof(
    hmac,
    standardWebhooks,
    token,
    fc.constant<Json>({ profile: 'static-token', body: 'a.__proto__' }),
    fc.constant<Json>({ profile: 'static-token', body: 'toString' }),
  );
  fc.assert(
    fc.property(anyAuth, garbage, garbage, fc.uint8Array(), (auth, headers, query, body) => {
      const secrets = ['00112233445566778899aabbccddeeff'];
      expect(custom(auth).verify({ headers, query, body, secrets, nowSeconds }).ok).toBe(false);
    }),
    { numRuns: 500 },
  );
});
