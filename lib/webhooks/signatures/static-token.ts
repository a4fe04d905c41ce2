/** Checks a fixed token in a header. It proves who sent, not what: prefer a signature where the sender has one. */
import { hash } from 'node:crypto';
import type { StaticTokenAuth } from '../custom/auth.ts';
import { headerValues } from '../webhook-headers.ts';
import { matchDigests } from './compare-digests.ts';
import { secretKeys } from './secret-bytes.ts';
import { refuse, type SignedRequest, type Verification } from './verification.ts';

const maxTokenLength = 4096;

export function verifyStaticToken(request: SignedRequest, auth: StaticTokenAuth): Verification {
  const values = headerValues(request.headers, auth.header);
  const [token] = values;
  if (token === undefined) return refuse('signature_missing');
  if (values.length > 1) return refuse('signature_repeated');
  if (!token.startsWith(auth.prefix) || token.length > maxTokenLength) return refuse('signature_malformed');
  // Digests have one length, so that the time of a comparison does not tell the length of the secret.
  const received = digestOf(token.slice(auth.prefix.length));
  return matchDigests(secretKeys(request.secrets, 'utf8'), [received], digestOf);
}

const digestOf = (token: string | Uint8Array): Buffer => hash('sha256', token, 'buffer');
