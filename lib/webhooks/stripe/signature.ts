/** `Stripe-Signature: t=…,v1=…`: HMAC-SHA256 in hex over `t.body`, keyed with the whole `whsec_…` text. */
import { bodyHmac, type HmacAuth, signHmacHeader, verifyHmacHeader } from '../signatures/hmac-header.ts';
import type {
  SignatureHeaders,
  SignedRequest,
  SigningRequest,
  Verification,
} from '../signatures/verification.ts';

/** v0 is Stripe's scheme for its own tests and proves nothing. */
const auth: HmacAuth = {
  ...bodyHmac('stripe-signature', 'hex'),
  fields: { timestamp: 't', signature: 'v1' },
  signedTemplate: '{timestamp}.{body}',
};

/** @param toleranceSeconds allowed distance between the signed timestamp and the clock, in both directions */
export const verifyStripeSignature = (request: SignedRequest, toleranceSeconds: number): Verification =>
  verifyHmacHeader(request, { ...auth, toleranceSeconds });

export const signStripe = (request: SigningRequest): SignatureHeaders => signHmacHeader(request, auth);
