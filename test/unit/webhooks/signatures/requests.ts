/** Signed requests for the tests of signatures. */
import { createHmac } from 'node:crypto';
import { parseSources } from '../../../../lib/webhooks/parse-sources.ts';
import type { Verification } from '../../../../lib/webhooks/signatures/verification.ts';
import type { SourceSettings } from '../../../../lib/webhooks/source-settings.ts';
import { verifyWebhook } from '../../../../lib/webhooks/verify-webhook.ts';
import type { WebhookHeaders } from '../../../../lib/webhooks/webhook-headers.ts';
import { choices, type Json } from '../../../support/webhook-bodies.ts';

export const nowSeconds = 1_795_176_000;
/** Bytes that a re-serialised or re-encoded body would not have. */
export const body = Buffer.from('{"id":1, "name":"Łódź \\u2013 \\/ pen","price":"1.0"}');

export const settingsOf = (source: Json): SourceSettings => {
  const settings = parseSources({ source }).source;
  if (settings === undefined) throw new Error('no settings');
  return settings;
};

export const platform = (name: string, changes: Json = {}): SourceSettings =>
  settingsOf({ ...choices[name], ...changes });

export const custom = (auth: Json): SourceSettings =>
  settingsOf({ platform: 'custom', mapping: { event_name: "'Purchase'" }, auth });

export const sign = (
  secret: string | Buffer,
  data: string | Buffer,
  encoding: 'hex' | 'base64',
  algorithm = 'sha256',
) => createHmac(algorithm, secret).update(data).digest(encoding);

export const check = (
  settings: SourceSettings,
  headers: WebhookHeaders,
  secrets: readonly string[],
  bytes: Uint8Array = body,
): Verification => verifyWebhook({ headers, body: bytes, secrets, nowSeconds }, settings);

export const accepted = (secretIndex = 0): Verification => ({ ok: true, secretIndex });
export const refused = (reason: string) => ({ ok: false, reason });
