/** Checks an HMAC over the raw body, or over a template of body, time and signed headers. */
import { headerValue } from '../webhook-headers.ts';
import {
  type DigestEncoding,
  decodeDigest,
  type HmacAlgorithm,
  hmac,
  matchDigests,
} from './compare-digests.ts';
import { type Place, putAt, valuesAt } from './place.ts';
import { type SecretEncoding, secretKey, secretKeys } from './secret-bytes.ts';
import { readFields, type SignatureFields, writeFields } from './signature-fields.ts';
import { headersIn, signedParts } from './signed-template.ts';
import { isWithin, readTimestamp } from './timestamp.ts';
import {
  reject,
  type SignatureHeaders,
  type SignedPlaces,
  type SignedRequest,
  type SigningRequest,
  type Verification,
} from './verification.ts';

/** The place of the digest, and the signed content. */
export interface HmacAuth extends Place {
  /** The fields of a value such as `t=…,v1=…`; without them, the value is the digest. */
  readonly fields?: SignatureFields | undefined;
  readonly algorithm: HmacAlgorithm;
  readonly encoding: DigestEncoding;
  readonly secretEncoding: SecretEncoding;
  /** Text before the digest, such as `sha256=`. */
  readonly prefix: string;
  /** `{body}`, `{timestamp}` and `{header:name}`, with any text between them. */
  readonly signedTemplate: string;
  /** Signed header with the time; exclusive with `fields.timestamp`. */
  readonly timestampHeader?: string | undefined;
  /** Five minutes unless given, where there is a time. */
  readonly toleranceSeconds?: number | undefined;
}

const defaultToleranceSeconds = 300;

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
  const [value, ...others] = valuesAt(request, auth);
  if (value === undefined) return reject('signature_missing');
  if (others.length > 0) return reject('signature_repeated');
  const { timestamps, signatures } = signaturesIn(value, auth);
  if (timestamps.length > 1) return reject('signature_repeated');
  const [stamp] = timestamps;
  if (auth.fields?.timestamp !== undefined && readTimestamp(stamp) === undefined)
    return reject('timestamp_missing');
  const digests = signatures.map((text) => digestOf(text, auth)).filter((digest) => digest !== undefined);
  const parts = signedParts(auth.signedTemplate, request, stamp);
  if (digests.length === 0 || parts === undefined) return reject('signature_malformed');
  const keys = secretKeys(request.secrets, auth.secretEncoding);
  const verdict = matchDigests(keys, digests, (key) => hmac(auth.algorithm, key, parts));
  return verdict.ok ? checkTime(request, auth, stamp) : verdict;
}

/** Sends every header that the template names: the sender's own, the time in the timestamp header, `verify` in the others. */
export function signHmac(
  { secret, body, nowSeconds, headers: own = {} }: SigningRequest,
  auth: HmacAuth,
): Omit<SignedPlaces, 'body'> {
  const now = `${nowSeconds}`;
  const stamp = auth.timestampHeader?.toLowerCase();
  const headers = Object.fromEntries(
    headersIn(auth.signedTemplate).map((name) => [
      name,
      headerValue(own, name) ?? (name === stamp ? now : 'verify'),
    ]),
  );
  const parts = signedParts(auth.signedTemplate, { headers, body }, now) ?? [];
  const encoding = auth.encoding === 'hex_or_base64' ? 'base64' : auth.encoding;
  const digest = hmac(auth.algorithm, secretKey(secret, auth.secretEncoding), parts).toString(encoding);
  const signature = `${auth.prefix}${digest}`;
  const signed = putAt(
    auth,
    auth.fields === undefined ? signature : writeFields(auth.fields, now, signature),
  );
  return { ...signed, headers: { ...headers, ...signed.headers } };
}

export const signHmacHeader = (request: SigningRequest, auth: HmacAuth): SignatureHeaders =>
  signHmac(request, auth).headers;

const signaturesIn = (value: string, { fields }: HmacAuth) =>
  fields === undefined ? { timestamps: [], signatures: [value] } : readFields(value, fields);

function digestOf(text: string, { prefix, encoding, algorithm, query }: HmacAuth): Buffer | undefined {
  if (!text.startsWith(prefix)) return undefined;
  const digest = text.slice(prefix.length);
  // A sender that does not escape the + of base64 in an address sends a space.
  return decodeDigest(query === undefined ? digest : digest.replaceAll(' ', '+'), encoding, algorithm);
}

function checkTime(request: SignedRequest, auth: HmacAuth, stamp: string | undefined): Verification {
  const { timestampHeader, toleranceSeconds = defaultToleranceSeconds } = auth;
  if (stamp === undefined && timestampHeader === undefined) return { ok: true };
  const seconds = readTimestamp(stamp ?? headerValue(request.headers, timestampHeader ?? ''));
  if (seconds === undefined) return reject('timestamp_missing');
  return isWithin(seconds, request.nowSeconds, toleranceSeconds)
    ? { ok: true }
    : reject('timestamp_outside_tolerance');
}
