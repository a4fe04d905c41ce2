/** Checks `X-WC-Webhook-Signature`. WooCommerce decodes HTML entities in a secret before it signs (`wp_specialchars_decode`). */
import { bodyHmac, signHmacHeader, verifyHmacHeader } from '../signatures/hmac-header.ts';
import type {
  SignatureHeaders,
  SignedRequest,
  SigningRequest,
  Verification,
} from '../signatures/verification.ts';

const auth = bodyHmac('x-wc-webhook-signature', 'base64');

export const verifyWooCommerce = (request: SignedRequest): Verification =>
  verifyHmacHeader({ ...request, secrets: withDecodedForms(request.secrets) }, auth);

export const signWooCommerce = (request: SigningRequest): SignatureHeaders => signHmacHeader(request, auth);

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#039;': "'",
  '&#39;': "'",
  '&amp;': '&',
};
const entity = /&(?:lt|gt|quot|#0?39|amp);/g;

/** Each secret as it was typed and, where it differs, as WooCommerce decodes it. */
const withDecodedForms = (typed: readonly string[]): string[] =>
  typed.flatMap((secret) => {
    const decoded = secret.replaceAll(entity, (found) => entities[found] ?? found);
    return decoded === secret ? [secret] : [secret, decoded];
  });
