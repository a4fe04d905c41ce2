/** Checks an HMAC in one header over the raw body, or over a template of body and signed headers. */
import type { HmacAuth } from '../custom/auth.ts';
import { headerValue, headerValues, type WebhookHeaders } from '../webhook-headers.ts';
import { decodeDigest, hmac, matchDigests } from './compare-digests.ts';
import { secretKeys } from './secret-bytes.ts';
import { refuse, type SignedRequest, type Verification } from './verification.ts';

export function verifyHmacHeader(request: SignedRequest, auth: HmacAuth): Verification {
  const values = headerValues(request.headers, auth.header);
  const [signature] = values;
  if (signature === undefined) return refuse('signature_missing');
  if (values.length > 1) return refuse('signature_repeated');
  if (!signature.startsWith(auth.prefix)) return refuse('signature_malformed');
  const digest = decodeDigest(signature.slice(auth.prefix.length), auth.encoding, auth.algorithm);
  if (digest === undefined) return refuse('signature_malformed');
  const parts = signedParts(auth.signedTemplate, request);
  if (parts === undefined) return refuse('signature_malformed');
  const stale = checkTimestamp(request, auth);
  if (stale !== undefined) return stale;
  const keys = secretKeys(request.secrets, auth.secretEncoding);
  return matchDigests(keys, [digest], (key) => hmac(auth.algorithm, key, parts));
}

/** The template as pieces to sign; undefined when a header it names is absent or repeated. */
export function signedParts(
  template: string,
  request: Pick<SignedRequest, 'headers' | 'body'>,
): (Uint8Array | string)[] | undefined {
  const parts: (Uint8Array | string)[] = [];
  for (const piece of template.split(/(\{[^{}]+\})/)) {
    if (piece === '{body}') parts.push(request.body);
    else if (piece.startsWith('{header:')) {
      const value = headerValue(request.headers, piece.slice('{header:'.length, -1));
      if (value === undefined) return undefined;
      parts.push(value);
    } else parts.push(piece);
  }
  return parts;
}

function checkTimestamp(request: SignedRequest, auth: HmacAuth): Verification | undefined {
  if (auth.timestampHeader === undefined || auth.toleranceSeconds === undefined) return undefined;
  const seconds = readTimestamp(request.headers, auth.timestampHeader);
  if (seconds === undefined) return refuse('timestamp_missing');
  return isWithin(seconds, request.nowSeconds, auth.toleranceSeconds)
    ? undefined
    : refuse('timestamp_outside_tolerance');
}

/** Unix seconds since 1973 have at most 11 digits until the year 5138; 12 and more are milliseconds. */
function readTimestamp(headers: WebhookHeaders, name: string): number | undefined {
  const text = headerValue(headers, name);
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  return text.length > 11 ? Math.floor(Number(text) / 1000) : Number(text);
}

/** Both ways: a stamp from the future would otherwise stay good for longer than the tolerance. */
export const isWithin = (seconds: number, nowSeconds: number, toleranceSeconds: number): boolean =>
  Math.abs(Math.floor(nowSeconds) - seconds) <= toleranceSeconds;
