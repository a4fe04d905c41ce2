/** Signs a webhook as the platform of a source does, so that a stage can be tried without the platform. */
import type { HmacAuth } from '../../lib/webhooks/custom/auth.ts';
import { hmac } from '../../lib/webhooks/signatures/compare-digests.ts';
import { signedParts } from '../../lib/webhooks/signatures/hmac-header.ts';
import { type SecretEncoding, secretBytes } from '../../lib/webhooks/signatures/secret-bytes.ts';
import type { SourceSettings } from '../../lib/webhooks/source-settings.ts';

type Headers = Readonly<Record<string, string>>;

/** @param secret as the ingest secret holds it; @returns the headers that prove the body */
export function signWebhook(
  settings: SourceSettings,
  secret: string,
  body: Buffer,
  nowSeconds: number,
): Headers {
  const base64 = (key: Buffer) => hmac('sha256', key, [body]).toString('base64');
  if (settings.platform === 'shopify') return { 'x-shopify-hmac-sha256': base64(Buffer.from(secret)) };
  if (settings.platform === 'woocommerce') return { 'x-wc-webhook-signature': base64(Buffer.from(secret)) };
  if (settings.platform === 'stripe') {
    const digest = hmac('sha256', Buffer.from(secret), [`${nowSeconds}.`, body]).toString('hex');
    return { 'stripe-signature': `t=${nowSeconds},v1=${digest}` };
  }
  if (settings.platform === 'standard')
    return signStandard(settings.secretEncoding, secret, body, nowSeconds);
  const { auth } = settings;
  if (auth.profile === 'static-token') return { [auth.header]: `${auth.prefix}${secret}` };
  if (auth.profile === 'hmac') return signHmac(auth, secret, body, nowSeconds);
  return signStandard(auth.secretEncoding, secret, body, nowSeconds);
}

const keyOf = (secret: string, encoding: SecretEncoding): Buffer =>
  secretBytes(secret, encoding) ?? Buffer.alloc(0);

function signStandard(encoding: SecretEncoding, secret: string, body: Buffer, nowSeconds: number): Headers {
  const id = `verify-${nowSeconds}`;
  const digest = hmac('sha256', keyOf(secret, encoding), [`${id}.${nowSeconds}.`, body]).toString('base64');
  return { 'webhook-id': id, 'webhook-timestamp': `${nowSeconds}`, 'webhook-signature': `v1,${digest}` };
}

/** Every header that the template names is sent: the time where it is one, else a word. */
function signHmac(auth: HmacAuth, secret: string, body: Buffer, nowSeconds: number): Headers {
  const stamp = auth.timestampHeader?.toLowerCase();
  const named = [...auth.signedTemplate.matchAll(/\{header:([^}]+)\}/g)].map(([, name]) =>
    String(name).toLowerCase(),
  );
  const headers = Object.fromEntries(
    named.map((name) => [name, name === stamp ? `${nowSeconds}` : 'verify']),
  );
  const parts = signedParts(auth.signedTemplate, { headers, body }) ?? [];
  const digest = hmac(auth.algorithm, keyOf(secret, auth.secretEncoding), parts).toString(auth.encoding);
  return { ...headers, [auth.header]: `${auth.prefix}${digest}` };
}
