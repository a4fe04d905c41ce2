/**
 * Checks the Standard Webhooks envelope (spec 1.0.0): a list of `v1,<base64>` over `id.timestamp.body`.
 * Other versions, such as the ed25519 `v1a`, are passed over.
 */
import type { StandardWebhooksAuth } from '../custom/auth.ts';
import { headerValue, headerValues } from '../webhook-headers.ts';
import { decodeDigest, hmac, matchDigests } from './compare-digests.ts';
import { isWithin } from './hmac-header.ts';
import { secretKeys } from './secret-bytes.ts';
import { refuse, type SignedRequest, type Verification } from './verification.ts';

const maxSignatures = 20;

export function verifyStandardWebhook(request: SignedRequest, auth: StandardWebhooksAuth): Verification {
  const values = headerValues(request.headers, 'webhook-signature');
  const [list] = values;
  if (list === undefined) return refuse('signature_missing');
  if (values.length > 1) return refuse('signature_repeated');
  const id = headerValue(request.headers, 'webhook-id');
  // A dot in the id would let the sender's timestamp be read as a part of it.
  if (id === undefined || id === '' || id.includes('.')) return refuse('signature_malformed');
  const stamp = headerValue(request.headers, 'webhook-timestamp');
  if (stamp === undefined || !/^\d{1,12}$/.test(stamp)) return refuse('timestamp_missing');
  const digests = list
    .split(' ', maxSignatures)
    .filter((entry) => entry.startsWith('v1,'))
    .map((entry) => decodeDigest(entry.slice('v1,'.length), 'base64', 'sha256'))
    .filter((digest) => digest !== undefined);
  if (digests.length === 0) return refuse('signature_malformed');
  const keys = secretKeys(request.secrets, auth.secretEncoding);
  const verdict = matchDigests(keys, digests, (key) =>
    hmac('sha256', key, [`${id}.${stamp}.`, request.body]),
  );
  if (!verdict.ok || isWithin(Number(stamp), request.nowSeconds, auth.toleranceSeconds)) return verdict;
  return refuse('timestamp_outside_tolerance');
}
