/** Mistakes in the settings of a custom source stop the start and are named. */
import { expect, test } from 'vitest';
import { parseSources } from '../../../../lib/webhooks/source-settings.ts';
import type { Json } from '../../../support/webhooks/webhook-bodies.ts';

const start =
  (auth: Json, more: Json = {}) =>
  () =>
    parseSources({ s: { platform: 'custom', mapping: { event_name: "'Lead'" }, auth, ...more } });
const hmac = (auth: Json) => ({ profile: 'hmac', header: 'x-sig', ...auth });
const token = (auth: Json) => ({ profile: 'static-token', ...auth });
const fields = { timestamp: 't', signature: 'v1' };

test.each<[Json, string]>([
  [hmac({ fields }), 'sources.s.auth.fields.timestamp is not part of signedTemplate'],
  [hmac({ fields, signedTemplate: '{header:t}.{body}' }), 'sources.s.auth.fields.timestamp is not part'],
  [hmac({ signedTemplate: '{timestamp}.{body}' }), 'sources.s.auth.signedTemplate contains {timestamp}'],
  [
    hmac({ fields: { signature: 'v1' }, signedTemplate: '{timestamp}.{body}' }),
    'sources.s.auth.signedTemplate contains {timestamp}',
  ],
  [hmac({ fields, signedTemplate: '{timestamp}' }), 'sources.s.auth.signedTemplate'],
  [hmac({ fields, signedTemplate: '{timestamp}.{body}.{nonce}' }), 'sources.s.auth.signedTemplate'],
  [
    hmac({ fields: { timestamp: 't', signature: 't' }, signedTemplate: '{timestamp}.{body}' }),
    'sources.s.auth.fields.timestamp and fields.signature must have different names',
  ],
  [hmac({ fields: { timestamp: 't' } }), 'sources.s.auth.fields.signature must be given'],
  [
    hmac({ fields: { signature: 'v1', separator: ';' } }),
    'sources.s.auth.fields has an unknown setting: separator',
  ],
  [hmac({ fields: { signature: 'v=1' } }), 'sources.s.auth.fields.signature'],
  [hmac({ toleranceSeconds: 300 }), 'sources.s.auth.toleranceSeconds and timestampHeader require each other'],
  [
    hmac({ fields: { signature: 'v1' }, toleranceSeconds: 300 }),
    'sources.s.auth.toleranceSeconds and timestampHeader require each other',
  ],
  [
    hmac({
      fields,
      signedTemplate: '{timestamp}.{header:x-t}.{body}',
      timestampHeader: 'x-t',
      toleranceSeconds: 300,
    }),
    'sources.s.auth.timestampHeader and fields.timestamp exclude each other',
  ],
  [
    hmac({ fields, signedTemplate: '{timestamp}.{body}', toleranceSeconds: 0 }),
    'sources.s.auth.toleranceSeconds',
  ],
  [hmac({ query: 'signature' }), 'sources.s.auth.header or query must be given, and only one of them'],
  [{ profile: 'hmac' }, 'sources.s.auth.header or query must be given'],
  [hmac({ body: 'signature' }), 'sources.s.auth has an unknown setting: body'],
  [{ profile: 'hmac', query: 'a&b' }, 'sources.s.auth.query'],
  [token({}), 'sources.s.auth.header or query or body must be given, and only one of them'],
  [token({ header: 'x-token', query: 'token' }), 'sources.s.auth.header or query or body must be given'],
  [token({ query: 'token', body: 'token' }), 'sources.s.auth.header or query or body must be given'],
  [token({ body: 'a..b' }), 'sources.s.auth.body'],
  [token({ query: 'token', fields }), 'sources.s.auth has an unknown setting: fields'],
])('stops the start of a custom source with %j and names the setting', (auth, message) => {
  expect(start(auth)).toThrow(message);
});

test.each([
  [{ challenge: 'slack' }, 'sources.s.challenge must be one of hub'],
  [{ format: 'xml' }, 'sources.s.format must be one of json, form'],
])('stops the start of a custom source with the unknown choice %j', (more, message) => {
  expect(start(hmac({}), more)).toThrow(message);
});

test.each<Json>([
  hmac({ fields, signedTemplate: '{timestamp}.{body}' }),
  hmac({ fields: { signature: 'v1' } }),
  { profile: 'hmac', query: 'signature', algorithm: 'sha1' },
  token({ query: 'token' }),
  token({ body: 'data.token', prefix: 'Bearer ' }),
])('starts a custom source with %j', (auth) => {
  expect(start(auth, { challenge: 'hub', format: 'form' })).not.toThrow();
});
