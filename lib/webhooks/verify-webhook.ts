/** Decides whether a webhook comes from the platform it claims to: over the raw bytes, before anything is parsed. */
import type { HmacAuth } from './custom/auth.ts';
import { verifyHmacHeader } from './signatures/hmac-header.ts';
import { verifyStandardWebhook } from './signatures/standard-webhooks.ts';
import { verifyStaticToken } from './signatures/static-token.ts';
import { refuse, type SignedRequest, type Verification } from './signatures/verification.ts';
import type { SettingsOf, SourceSettings } from './source-settings.ts';
import { verifyStripeSignature } from './stripe/signature.ts';
import { headerValues, type WebhookHeaders } from './webhook-headers.ts';
import { withDecodedForms } from './woocommerce/signature.ts';

/** Constant in time, whatever the secret; garbage is a refusal and never throws. */
export function verifyWebhook(request: SignedRequest, settings: SourceSettings): Verification {
  if (!request.secrets.some((secret) => secret !== '')) return refuse('no_secret');
  if (settings.platform === 'shopify') return verifyHmacHeader(request, shopifyAuth(request.headers));
  if (settings.platform === 'woocommerce') return verifyWooCommerce(request);
  if (settings.platform === 'stripe') return verifyStripeSignature(request, settings.toleranceSeconds);
  if (settings.platform === 'standard') return verifyStandardWebhook(request, settings);
  return verifyCustom(request, settings);
}

function verifyCustom(request: SignedRequest, { auth }: SettingsOf<'custom'>): Verification {
  if (auth.profile === 'hmac') return verifyHmacHeader(request, auth);
  if (auth.profile === 'static-token') return verifyStaticToken(request, auth);
  return verifyStandardWebhook(request, auth);
}

const base64OfBody = (header: string): HmacAuth => ({
  profile: 'hmac',
  header,
  algorithm: 'sha256',
  encoding: 'base64',
  secretEncoding: 'utf8',
  prefix: '',
  signedTemplate: '{body}',
});

/** Shopify's newer events come with the same headers without `X-`. */
function shopifyAuth(headers: WebhookHeaders): HmacAuth {
  const isNewer =
    headerValues(headers, 'x-shopify-hmac-sha256').length === 0 &&
    headerValues(headers, 'shopify-hmac-sha256').length > 0;
  return base64OfBody(isNewer ? 'shopify-hmac-sha256' : 'x-shopify-hmac-sha256');
}

function verifyWooCommerce(request: SignedRequest): Verification {
  const { secrets, indexes } = withDecodedForms(request.secrets);
  const verdict = verifyHmacHeader({ ...request, secrets }, base64OfBody('x-wc-webhook-signature'));
  return verdict.ok ? { ok: true, secretIndex: indexes[verdict.secretIndex] ?? 0 } : verdict;
}
