/** Checks `Stripe-Signature: t=…,v1=…`: HMAC-SHA256 in hex over `t.body`, keyed with the whole `whsec_…` text. */

import { decodeDigest, hmac, matchDigests } from '../signatures/compare-digests.ts';
import { isWithin } from '../signatures/hmac-header.ts';
import { secretKeys } from '../signatures/secret-bytes.ts';
import {
  reject,
  type SignatureHeaders,
  type SignedRequest,
  type SigningRequest,
  type Verification,
} from '../signatures/verification.ts';
import { headerValues } from '../webhook-headers.ts';

/** Stripe sends one `v1` for each active secret during a rotation. */
const maxSignatures = 20;

/** @param toleranceSeconds allowed distance between the signed timestamp and the clock, in both directions */
export function verifyStripeSignature(request: SignedRequest, toleranceSeconds: number): Verification {
  const values = headerValues(request.headers, 'stripe-signature');
  const [header] = values;
  if (header === undefined) return reject('signature_missing');
  if (values.length > 1) return reject('signature_repeated');
  const entries = header.split(',', maxSignatures).map((entry) => entry.trim());
  const stamps = valuesOf(entries, 't=');
  const [stamp] = stamps;
  // Two timestamps are two headers that a proxy joined: it is unknown which of them was signed.
  if (stamps.length > 1) return reject('signature_repeated');
  if (stamp === undefined || !/^\d{1,12}$/.test(stamp)) return reject('timestamp_missing');
  // v0 is Stripe's scheme for its own tests and proves nothing.
  const digests = valuesOf(entries, 'v1=')
    .map((text) => decodeDigest(text, 'hex', 'sha256'))
    .filter((digest) => digest !== undefined);
  if (digests.length === 0) return reject('signature_malformed');
  const keys = secretKeys(request.secrets, 'utf8');
  const verdict = matchDigests(keys, digests, (key) => hmac('sha256', key, [`${stamp}.`, request.body]));
  if (!verdict.ok || isWithin(Number(stamp), request.nowSeconds, toleranceSeconds)) return verdict;
  return reject('timestamp_outside_tolerance');
}

export function signStripe({ secret, body, nowSeconds }: SigningRequest): SignatureHeaders {
  const digest = hmac('sha256', Buffer.from(secret), [`${nowSeconds}.`, body]).toString('hex');
  return { 'stripe-signature': `t=${nowSeconds},v1=${digest}` };
}

const valuesOf = (entries: readonly string[], key: string): string[] =>
  entries.filter((entry) => entry.startsWith(key)).map((entry) => entry.slice(key.length));
