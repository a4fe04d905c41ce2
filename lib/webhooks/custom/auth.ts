/** How a custom source proves that a request is its own: the settings of the three authentication profiles. */
import * as z from 'zod/mini';

const headerName = z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/));
const secretEncoding = z.enum(['base64', 'utf8', 'hex']);
const toleranceSeconds = z.int().check(z.gte(1), z.lte(86_400));

/** Five minutes: the tolerance of Stripe's and of the Standard Webhooks libraries. */
export const defaultToleranceSeconds = 300;

/** Standard Webhooks 1.0.0; some senders use the secret's text or hex bytes instead of base64. */
export const standardWebhooksShape = {
  secretEncoding: z._default(secretEncoding, 'base64'),
  toleranceSeconds: z._default(toleranceSeconds, defaultToleranceSeconds),
};

const signedTemplate = z.string().check(
  z.maxLength(256),
  // A signature that leaves the body out proves nothing about it.
  z.regex(/\{body\}/),
  z.regex(/^(?:[^{}]|\{body\}|\{header:[A-Za-z0-9-]{1,64}\})*$/),
);

const hmacSchema = z
  .strictObject({
    profile: z.literal('hmac'),
    /** Header that carries the signature. */
    header: headerName,
    algorithm: z._default(z.enum(['sha1', 'sha256', 'sha384', 'sha512']), 'sha256'),
    encoding: z._default(z.enum(['hex', 'base64']), 'hex'),
    secretEncoding: z._default(secretEncoding, 'utf8'),
    /** Text before the digest in the header, such as `sha256=`. */
    prefix: z._default(z.string().check(z.maxLength(64)), ''),
    /** What is signed: `{body}` and `{header:name}`, with any text between them. */
    signedTemplate: z._default(signedTemplate, '{body}'),
    /** Signed header that holds Unix seconds or milliseconds; needed for `toleranceSeconds`. */
    timestampHeader: z.optional(headerName),
    toleranceSeconds: z.optional(toleranceSeconds),
  })
  .check(
    z.refine((auth) => (auth.toleranceSeconds === undefined) === (auth.timestampHeader === undefined), {
      path: ['toleranceSeconds'],
      message: 'toleranceSeconds and timestampHeader need each other',
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
    /** Text before the token in the header, such as `Bearer `. */
    prefix: z._default(z.string().check(z.maxLength(64)), ''),
  }),
]);

export type AuthSettings = z.infer<typeof authSchema>;
export type HmacAuth = Extract<AuthSettings, { profile: 'hmac' }>;
export type StaticTokenAuth = Extract<AuthSettings, { profile: 'static-token' }>;
export interface StandardWebhooksAuth {
  readonly secretEncoding: 'base64' | 'utf8' | 'hex';
  readonly toleranceSeconds: number;
}
