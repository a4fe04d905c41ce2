/**
 * Checks the Standard Webhooks envelope (spec 1.0.0): a list of `v1,<base64>` over `id.timestamp.body`.
 * Other versions, such as the ed25519 `v1a`, are ignored. Svix sends the same under names of its own.
 */
import * as z from 'zod/mini';
import { headerValue, headerValues, type WebhookHeaders } from '../webhook-headers.ts';
import { decodeDigest, hmac, matchDigests } from './compare-digests.ts';
import { type SecretEncoding, secretKey, secretKeys } from './secret-bytes.ts';
import { isWithin } from './timestamp.ts';
import {
  reject,
  type SignatureHeaders,
  type SignedRequest,
  type SigningRequest,
  type Verification,
} from './verification.ts';

export const secretEncoding = () => z.enum(['base64', 'utf8', 'hex']);
export const toleranceSeconds = () => z.int().check(z.gte(1), z.lte(86_400));

/** The settings of the envelope. Some senders use the secret's text or hex bytes instead of base64. */
export const standardWebhooksShape = () => ({
  secretEncoding: z._default(secretEncoding(), 'base64'),
  /** Five minutes, as in the Standard Webhooks libraries. */
  toleranceSeconds: z._default(toleranceSeconds(), 300),
});

export interface StandardWebhooksAuth {
  readonly secretEncoding: SecretEncoding;
  readonly toleranceSeconds: number;
}

const maxSignatures = 20;

export function verifyStandardWebhook(request: SignedRequest, auth: StandardWebhooksAuth): Verification {
  const { id, stamp, lists } = envelopeOf(request.headers);
  const [list] = lists;
  if (list === undefined) return reject('signature_missing');
  if (lists.length > 1) return reject('signature_repeated');
  // A dot in the id would let the sender's timestamp be read as a part of it.
  if (id === undefined || id === '' || id.includes('.')) return reject('signature_malformed');
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

/** @returns the id that the signature covers; undefined without a single one */
export const standardWebhookId = (headers: WebhookHeaders): string | undefined => envelopeOf(headers).id;

/**
 * All three headers come from one family: the one with a signature, and `webhook-` where both have one. An id of the other
 * family is not signed.
 */
function envelopeOf(headers: WebhookHeaders) {
  const isSvix =
    headerValues(headers, 'webhook-signature').length === 0 &&
    headerValues(headers, 'svix-signature').length > 0;
  const family = isSvix ? 'svix' : 'webhook';
  return {
    id: headerValue(headers, `${family}-id`),
    stamp: headerValue(headers, `${family}-timestamp`),
    lists: headerValues(headers, `${family}-signature`),
  };
}

export function signStandardWebhook(request: SigningRequest, auth: StandardWebhooksAuth): SignatureHeaders {
  const { secret, body, nowSeconds, headers = {} } = request;
  const id = headerValue(headers, 'webhook-id') ?? `verify-${nowSeconds}`;
  const key = secretKey(secret, auth.secretEncoding);
  const digest = hmac('sha256', key, [`${id}.${nowSeconds}.`, body]).toString('base64');
  return { 'webhook-id': id, 'webhook-timestamp': `${nowSeconds}`, 'webhook-signature': `v1,${digest}` };
}
