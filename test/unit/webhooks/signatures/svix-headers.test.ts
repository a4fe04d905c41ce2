/** Standard Webhooks under Svix's own header names, as Clerk and Resend send them. */
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { webhookReceiver, webhookRequest } from '../../../support/webhooks/receive-webhooks.ts';
import {
  accepted,
  body,
  check,
  custom,
  nowSeconds,
  platform,
  refused,
} from '../../../support/webhooks/signed-requests.ts';
import { nowSeconds as receivedAt } from '../../../support/webhooks/webhook-bodies.ts';

const secret = 'whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0';
const signature = (id = 'msg_1', time = nowSeconds, text = body.toString()) =>
  new Webhook(secret).sign(id, new Date(time * 1000), text);
const family = (name: string, id = 'msg_1', signed = signature(id)) => ({
  [`${name}-id`]: id,
  [`${name}-timestamp`]: String(nowSeconds),
  [`${name}-signature`]: signed,
});
const sources = [
  ['standard', platform('standard')],
  ['custom', custom({ profile: 'standard-webhooks' })],
] as const;

test.each(sources)('accepts a signature in svix headers on a source of %s', (_name, source) => {
  expect(check(source, family('svix'), [secret])).toEqual(accepted);
  expect(check(source, family('Svix'), ['whsec_b3RoZXItb3RoZXItb3RoZXItb3RoZXI=', secret])).toEqual(accepted);
  const rotated = `v1,${Buffer.alloc(32).toString('base64')} v1a,x ${signature()}`;
  expect(check(source, family('svix', 'msg_1', rotated), [secret])).toEqual(accepted);
  expect(source.deliveryId(family('svix'))).toBe('msg_1');
});

test.each<[string, Record<string, string | string[] | undefined>]>([
  ['signature_missing', { 'svix-id': 'msg_1', 'svix-timestamp': String(nowSeconds) }],
  ['signature_repeated', { ...family('svix'), 'Svix-Signature': signature() }],
  ['signature_malformed', { ...family('svix'), 'svix-id': undefined }],
  ['signature_malformed', { ...family('svix'), 'svix-id': ['msg_1', 'msg_1'] }],
  ['timestamp_missing', { ...family('svix'), 'svix-timestamp': undefined }],
  ['signature_mismatch', { ...family('svix'), 'svix-id': 'msg_2' }],
  // Parts of the other family fill no gap.
  ['signature_malformed', { ...family('svix'), 'svix-id': undefined, 'webhook-id': 'msg_1' }],
  [
    'timestamp_missing',
    { ...family('svix'), 'svix-timestamp': undefined, 'webhook-timestamp': String(nowSeconds) },
  ],
  ['signature_malformed', { ...family('webhook'), 'webhook-id': undefined, 'svix-id': 'msg_1' }],
  ['signature_mismatch', { ...family('webhook'), 'webhook-id': 'msg_2', 'svix-id': 'msg_1' }],
  // Where both families have a signature, only that of webhook-* counts.
  ['signature_malformed', { ...family('svix'), ...family('webhook', 'msg_1', 'v1,x') }],
  ['signature_malformed', { ...family('svix'), 'webhook-signature': signature() }],
])('promise 7: rejects svix headers with the reason %s: case %#', (reason, headers) => {
  for (const [, source] of sources) expect(check(source, headers, [secret])).toEqual(refused(reason));
});

test('rejects svix headers outside the tolerance', () => {
  const old = nowSeconds - 301;
  const headers = { ...family('svix', 'msg_1', signature('msg_1', old)), 'svix-timestamp': String(old) };
  expect(check(platform('standard'), headers, [secret])).toEqual(refused('timestamp_outside_tolerance'));
});

test('takes the id of a delivery from the family whose signature counts', () => {
  const source = platform('standard');
  const both = { ...family('svix', 'msg_svix'), ...family('webhook', 'msg_webhook') };
  expect(check(source, both, [secret])).toEqual(accepted);
  expect(source.deliveryId(both)).toBe('msg_webhook');
  const stray = { ...family('svix', 'msg_svix'), 'webhook-id': 'not-signed' };
  expect(check(source, stray, [secret])).toEqual(accepted);
  expect(source.deliveryId(stray)).toBe('msg_svix');
});

test('gives an event of svix headers the id of its delivery', async () => {
  const { receive, sent } = await webhookReceiver({
    settings: { platform: 'standard' },
    secrets: [[secret]],
  });
  const text = JSON.stringify({ event_name: 'CompleteRegistration', email: 'ada@example.com' });
  const headers = {
    'svix-id': 'msg_2b4',
    'svix-timestamp': String(receivedAt),
    'svix-signature': signature('msg_2b4', receivedAt, text),
  };
  expect((await receive(webhookRequest(text, headers))).response).toMatchObject({ statusCode: 200 });
  expect(JSON.parse(sent[0]?.body ?? '{}')).toMatchObject({ event: { event_id: 'msg_2b4' } });
});
