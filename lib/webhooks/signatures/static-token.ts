/** Checks a fixed token. It proves who sent, not what: prefer a signature where the sender has one. */
import { hash } from 'node:crypto';
import { matchDigests } from './compare-digests.ts';
import { type Place, putAt, valuesAt } from './place.ts';
import { secretKeys } from './secret-bytes.ts';
import {
  reject,
  type SignedPlaces,
  type SignedRequest,
  type SigningRequest,
  type Verification,
} from './verification.ts';

export interface StaticTokenAuth extends Place {
  /** Text before the token, such as `Bearer `. */
  readonly prefix: string;
}

const maxTokenLength = 4096;

export const verifyStaticToken = (request: SignedRequest, auth: StaticTokenAuth): Verification =>
  verifyToken(valuesAt(request, auth), request.secrets, auth.prefix);

export const sendStaticToken = ({ secret, body }: SigningRequest, auth: StaticTokenAuth): SignedPlaces => ({
  ...putAt(auth, `${auth.prefix}${secret}`),
  body,
});

/**
 * @param values what the request has in the place of the token
 * @param prefix text before the token, such as `Bearer `
 */
export function verifyToken(
  values: readonly string[],
  secrets: readonly string[],
  prefix: string,
): Verification {
  const [token, ...others] = values;
  if (token === undefined) return reject('signature_missing');
  if (others.length > 0) return reject('signature_repeated');
  if (!token.startsWith(prefix) || token.length > maxTokenLength) return reject('signature_malformed');
  // Digests have one length, so the duration of a comparison does not reveal the length of the secret.
  const received = digestOf(token.slice(prefix.length));
  return matchDigests(secretKeys(secrets, 'utf8'), [received], digestOf);
}

const digestOf = (token: string | Uint8Array): Buffer => hash('sha256', token, 'buffer');
