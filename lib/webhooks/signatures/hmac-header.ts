/** Checks an HMAC in one header over the raw body, or over a template of body and signed headers. */
import { headerValue, headerValues, type WebhookHeaders } from '../webhook-headers.ts';
import { decodeDigest, type HmacAlgorithm, hmac, matchDigests } from './compare-digests.ts';
import { type SecretEncoding, secretKey, secretKeys } from './secret-bytes.ts';
import {
  reject,
  type SignatureHeaders,
  type SignedRequest,
  type SigningRequest,
  type Verification,
} from './verification.ts';

/** The header with the digest, and the signed content. */
export interface HmacAuth {
  /** Name of the header with the signature. */
  readonly header: string;
  readonly algorithm: HmacAlgorithm;
  readonly encoding: 'hex' | 'base64';
  readonly secretEncoding: SecretEncoding;
  /** Text before the digest in the header, such as `sha256=`. */
  readonly prefix: string;
  /** `{body}` and `{header:name}`, with any text between them. */
  readonly signedTemplate: string;
  /** Signed header with Unix seconds or milliseconds. */
  readonly timestampHeader?: string | undefined;
  readonly toleranceSeconds?: number | undefined;
}

/** HMAC-SHA256 of the raw body with a plain text secret, in one header. */
export const bodyHmac = (header: string, encoding: 'hex' | 'base64'): HmacAuth => ({
  header,
  algorithm: 'sha256',
  encoding,
  secretEncoding: 'utf8',
  prefix: '',
  signedTemplate: '{body}',
});

export function verifyHmacHeader(request: SignedRequest, auth: HmacAuth): Verification {
  const values = headerValues(request.headers, auth.header);
  const [signature] = values;
  if (signature === undefined) return reject('signature_missing');
  if (values.length > 1) return reject('signature_repeated');
  if (!signature.startsWith(auth.prefix)) return reject('signature_malformed');
  const digest = decodeDigest(signature.slice(auth.prefix.length), auth.encoding, auth.algorithm);
  if (digest === undefined) return reject('signature_malformed');
  const parts = signedParts(auth.signedTemplate, request);
  if (parts === undefined) return reject('signature_malformed');
  const stale = checkTimestamp(request, auth);
  if (stale !== undefined) return stale;
  const keys = secretKeys(request.secrets, auth.secretEncoding);
  return matchDigests(keys, [digest], (key) => hmac(auth.algorithm, key, parts));
}

/** Sends every header that the template names: the time in the timestamp header, `verify` in the others. */
export function signHmacHeader(request: SigningRequest, auth: HmacAuth): SignatureHeaders {
  const { secret, body, nowSeconds } = request;
  const stamp = auth.timestampHeader?.toLowerCase();
  const named = [...auth.signedTemplate.matchAll(/\{header:([^}]+)\}/g)].map(([, name]) =>
    String(name).toLowerCase(),
  );
  const headers = Object.fromEntries(
    named.map((name) => [name, name === stamp ? `${nowSeconds}` : 'verify']),
  );
  const parts = signedParts(auth.signedTemplate, { headers, body }) ?? [];
  const digest = hmac(auth.algorithm, secretKey(secret, auth.secretEncoding), parts).toString(auth.encoding);
  return { ...headers, [auth.header]: `${auth.prefix}${digest}` };
}

/** @returns the pieces to sign; undefined when a header that the template names is absent or repeated */
function signedParts(
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
  if (seconds === undefined) return reject('timestamp_missing');
  return isWithin(seconds, request.nowSeconds, auth.toleranceSeconds)
    ? undefined
    : reject('timestamp_outside_tolerance');
}

/** Unix seconds since 1973 have at most 11 digits until the year 5138; 12 and more are milliseconds. */
function readTimestamp(headers: WebhookHeaders, name: string): number | undefined {
  const text = headerValue(headers, name);
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  return text.length > 11 ? Math.floor(Number(text) / 1000) : Number(text);
}

/** Checks both directions: a timestamp from the future would stay valid for longer than the tolerance. */
export const isWithin = (seconds: number, nowSeconds: number, toleranceSeconds: number): boolean =>
  Math.abs(Math.floor(nowSeconds) - seconds) <= toleranceSeconds;
