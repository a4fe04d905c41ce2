/** Checks a fixed token in a header. It proves who sent, not what: prefer a signature where the sender has one. */
import { hash } from 'node:crypto';
import { headerValues } from '../webhook-headers.ts';
import { matchDigests } from './compare-digests.ts';
import { secretKeys } from './secret-bytes.ts';
import {
  reject,
  type SignatureHeaders,
  type SignedRequest,
  type SigningRequest,
  type Verification,
} from './verification.ts';

export interface StaticTokenAuth {
  readonly header: string;
  /** Text before the token in the header, such as `Bearer `. */
  readonly prefix: string;
}

const maxTokenLength = 4096;

export function verifyStaticToken(request: SignedRequest, auth: StaticTokenAuth): Verification {
  const values = headerValues(request.headers, auth.header);
  const [token] = values;
  if (token === undefined) return reject('signature_missing');
  if (values.length > 1) return reject('signature_repeated');
  if (!token.startsWith(auth.prefix) || token.length > maxTokenLength) return reject('signature_malformed');
  // Digests have one length, so the duration of a comparison does not reveal the length of the secret.
  const received = digestOf(token.slice(auth.prefix.length));
  return matchDigests(secretKeys(request.secrets, 'utf8'), [received], digestOf);
}

export const sendStaticToken = ({ secret }: SigningRequest, auth: StaticTokenAuth): SignatureHeaders => ({
  [auth.header]: `${auth.prefix}${secret}`,
});

const digestOf = (token: string | Uint8Array): Buffer => hash('sha256', token, 'buffer');
