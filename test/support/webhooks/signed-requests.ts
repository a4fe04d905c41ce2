/** Platforms bound to settings, and signed requests, for the tests of signatures. */
import { createHmac } from 'node:crypto';
import type { BoundPlatform } from '../../../lib/webhooks/platform.ts';
import { platformNamed } from '../../../lib/webhooks/platforms.ts';
import type { Verification } from '../../../lib/webhooks/signatures/verification.ts';
import type { WebhookHeaders } from '../../../lib/webhooks/webhook-headers.ts';
import { choices, type Json } from './webhook-bodies.ts';

export const nowSeconds = 1_795_176_000;
/** Bytes that a re-serialized or re-encoded body would not have. */
export const body = Buffer.from('{"id":1, "name":"Łódź \\u2013 \\/ pen","price":"1.0"}');

export const platform = (name: string, changes: Json = {}): BoundPlatform =>
  platformNamed(name).bind({ ...choices[name], ...changes });

export const custom = (auth: Json, changes: Json = {}): BoundPlatform =>
  platformNamed('custom').bind({
    platform: 'custom',
    mapping: { event_name: "'Purchase'" },
    auth,
    ...changes,
  });

export const sign = (
  secret: string | Buffer,
  data: string | Buffer,
  encoding: 'hex' | 'base64',
  algorithm = 'sha256',
) => createHmac(algorithm, secret).update(data).digest(encoding);

export const check = (
  { verify }: BoundPlatform,
  headers: WebhookHeaders,
  secrets: readonly string[],
  bytes: Uint8Array = body,
): Verification => verify({ headers, body: bytes, secrets, nowSeconds });

export const accepted: Verification = { ok: true };
export const refused = (reason: string) => ({ ok: false, reason });
