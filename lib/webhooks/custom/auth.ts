/** What each profile of a custom source does to verify a request, and to sign one. */
import { signHmac, verifyHmacHeader } from '../signatures/hmac-header.ts';
import type { SecretEncoding } from '../signatures/secret-bytes.ts';
import { signStandardWebhook, verifyStandardWebhook } from '../signatures/standard-webhooks.ts';
import { sendStaticToken, verifyStaticToken, verifyToken } from '../signatures/static-token.ts';
import type {
  SignedPlaces,
  SignedRequest,
  SigningRequest,
  Verification,
} from '../signatures/verification.ts';
import type { AuthSettings } from './auth-settings.ts';
import { tokensInBody, withToken } from './body-token.ts';
import type { BodyFormat } from './read-body.ts';

export interface CustomAuth {
  readonly auth: AuthSettings;
  readonly format?: BodyFormat | undefined;
}

export function verifyCustom(request: SignedRequest, { auth, format }: CustomAuth): Verification {
  if (auth.profile === 'hmac') return verifyHmacHeader(request, auth);
  if (auth.profile === 'standard-webhooks') return verifyStandardWebhook(request, auth);
  if (auth.body === undefined) return verifyStaticToken(request, auth);
  const tokens = tokensInBody(request.headers, request.body, auth.body, format);
  return verifyToken(tokens, request.secrets, auth.prefix);
}

export function signCustom(request: SigningRequest, { auth, format }: CustomAuth): SignedPlaces {
  const { body, secret } = request;
  if (auth.profile === 'hmac') return { ...signHmac(request, auth), body };
  if (auth.profile === 'standard-webhooks')
    return { headers: signStandardWebhook(request, auth), query: {}, body };
  if (auth.body === undefined) return sendStaticToken(request, auth);
  return { headers: {}, query: {}, body: withToken(body, auth.body, `${auth.prefix}${secret}`, format) };
}

/** The encoding of secrets that are not plain text. */
export function customSecretEncoding({ auth }: CustomAuth): SecretEncoding | undefined {
  if (auth.profile === 'static-token') return undefined;
  if (auth.profile === 'hmac' && auth.secretEncoding === 'utf8') return undefined;
  return auth.secretEncoding;
}
