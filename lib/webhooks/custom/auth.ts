/** How a custom source authenticates its requests: the settings of the three profiles, and what each does. */
import * as z from 'zod/mini';
import { signHmacHeader, verifyHmacHeader } from '../signatures/hmac-header.ts';
import type { SecretEncoding } from '../signatures/secret-bytes.ts';
import {
  secretEncoding,
  signStandardWebhook,
  standardWebhooksShape,
  toleranceSeconds,
  verifyStandardWebhook,
} from '../signatures/standard-webhooks.ts';
import { sendStaticToken, verifyStaticToken } from '../signatures/static-token.ts';
import type {
  SignatureHeaders,
  SignedRequest,
  SigningRequest,
  Verification,
} from '../signatures/verification.ts';

const headerName = z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/));

const signedTemplate = z.string().check(
  z.maxLength(256),
  // A signature that leaves the body out proves nothing about it.
  z.regex(/\{body\}/),
  z.regex(/^(?:[^{}]|\{body\}|\{header:[A-Za-z0-9-]{1,64}\})*$/),
);

const hmacSchema = z
  .strictObject({
    profile: z.literal('hmac'),
    header: headerName,
    algorithm: z._default(z.enum(['sha1', 'sha256', 'sha384', 'sha512']), 'sha256'),
    encoding: z._default(z.enum(['hex', 'base64']), 'hex'),
    secretEncoding: z._default(secretEncoding, 'utf8'),
    prefix: z._default(z.string().check(z.maxLength(64)), ''),
    signedTemplate: z._default(signedTemplate, '{body}'),
    /** Needed for `toleranceSeconds`. */
    timestampHeader: z.optional(headerName),
    toleranceSeconds: z.optional(toleranceSeconds),
  })
  .check(
    z.refine((auth) => (auth.toleranceSeconds === undefined) === (auth.timestampHeader === undefined), {
      path: ['toleranceSeconds'],
      message: 'and timestampHeader require each other',
    }),
    z.refine(
      (auth) => auth.timestampHeader === undefined || signs(auth.signedTemplate, auth.timestampHeader),
      {
        path: ['timestampHeader'],
        message: 'is not part of signedTemplate, so anyone could change it',
      },
    ),
  );

const signs = (template: string, header: string): boolean =>
  template.toLowerCase().includes(`{header:${header.toLowerCase()}}`);

export const authSchema = z.discriminatedUnion('profile', [
  hmacSchema,
  z.strictObject({ profile: z.literal('standard-webhooks'), ...standardWebhooksShape }),
  z.strictObject({
    profile: z.literal('static-token'),
    header: headerName,
    prefix: z._default(z.string().check(z.maxLength(64)), ''),
  }),
]);

type AuthSettings = z.infer<typeof authSchema>;

export function verifyCustom(request: SignedRequest, auth: AuthSettings): Verification {
  if (auth.profile === 'hmac') return verifyHmacHeader(request, auth);
  if (auth.profile === 'static-token') return verifyStaticToken(request, auth);
  return verifyStandardWebhook(request, auth);
}

export function signCustom(request: SigningRequest, auth: AuthSettings): SignatureHeaders {
  if (auth.profile === 'hmac') return signHmacHeader(request, auth);
  if (auth.profile === 'static-token') return sendStaticToken(request, auth);
  return signStandardWebhook(request, auth);
}

/** The encoding of secrets that are not plain text. */
export function customSecretEncoding(auth: AuthSettings): SecretEncoding | undefined {
  if (auth.profile === 'static-token') return undefined;
  if (auth.profile === 'hmac' && auth.secretEncoding === 'utf8') return undefined;
  return auth.secretEncoding;
}
