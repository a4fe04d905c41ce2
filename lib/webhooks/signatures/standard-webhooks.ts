/**
 * Checks the Standard Webhooks envelope (spec 1.0.0): a list of `v1,<base64>` over `id.timestamp.body`.
 * Other versions, such as the ed25519 `v1a`, are ignored.
 */
import * as z from 'zod/mini';
import { headerValue, headerValues } from '../webhook-headers.ts';
import { decodeDigest, hmac, matchDigests } from './compare-digests.ts';
import { isWithin } from './hmac-header.ts';
import { type SecretEncoding, secretKey, secretKeys } from './secret-bytes.ts';
import {
  reject,
  type SignatureHeaders,
  type SignedRequest,
  type SigningRequest,
  type Verification,
} from './verification.ts';

export const secretEncoding = z.enum(['base64', 'utf8', 'hex']);
export const toleranceSeconds = z.int().check(z.gte(1), z.lte(86_400));

/** The settings of the envelope. Some senders use the secret's text or hex bytes instead of base64. */
export const standardWebhooksShape = {
  secretEncoding: z._default(secretEncoding, 'base64'),
  /** Five minutes, as in the Standard Webhooks libraries. */
  toleranceSeconds: z._default(toleranceSeconds, 300),
};

export interface StandardWebhooksAuth {
  readonly secretEncoding: SecretEncoding;
  readonly toleranceSeconds: number;
}

const maxSignatures = 20;

export function verifyStandardWebhook(request: SignedRequest, auth: StandardWebhooksAuth): Verification {
  const values = headerValues(request.headers, 'webhook-signature');
  const [list] = values;
  if (list === undefined) return reject('signature_missing');
  if (values.length > 1) return reject('signature_repeated');
  const id = headerValue(request.headers, 'webhook-id');
  // A dot in the id would let the sender's timestamp be read as a part of it.
  if (id === undefined || id === '' || id.includes('.')) return reject('signature_malformed');
  const stamp = headerValue(request.headers, 'webhook-timestamp');
  if (stamp === undefined || !/^\d{1,12}$/.test(stamp)) return reject('timestamp_missing');
  const digests = list
    .split(' ', maxSignatures)
    .filter((entry) => entry.startsWith('v1,'))
    .map((entry) => decodeDigest(entry.slice('v1,'.length), 'base64', 'sha256'))
    .filter((digest) => digest !== undefined);
  if (digests.length === 0) return reject('signature_malformed');
  const keys = secretKeys(request.secrets, auth.secretEncoding);
  const verdict = matchDigests(keys, digests, (key) =>
    hmac('sha256', key, [`${id}.${stamp}.`, request.body]),
  );
  if (!verdict.ok || isWithin(Number(stamp), request.nowSeconds, auth.toleranceSeconds)) return verdict;
  return reject('timestamp_outside_tolerance');
}

export function signStandardWebhook(request: SigningRequest, auth: StandardWebhooksAuth): SignatureHeaders {
  const { secret, body, nowSeconds } = request;
  const id = `verify-${nowSeconds}`;
  const key = secretKey(secret, auth.secretEncoding);
  const digest = hmac('sha256', key, [`${id}.${nowSeconds}.`, body]).toString('base64');
  return { 'webhook-id': id, 'webhook-timestamp': `${nowSeconds}`, 'webhook-signature': `v1,${digest}` };
}
