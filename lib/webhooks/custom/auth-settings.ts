/** The settings of the three profiles by which a custom source authenticates its requests. */
import * as z from 'zod/mini';
import { signsHeader, signsTimestamp } from '../signatures/signed-template.ts';
import { secretEncoding, standardWebhooksShape, toleranceSeconds } from '../signatures/standard-webhooks.ts';

const headerName = () =>
  z
    .string()
    .check(z.regex(/^[A-Za-z0-9-]{1,64}$/, 'expected the name of a header alone, such as x-signature'));
const parameterName = () =>
  z.string().check(z.regex(/^[\w.[\]-]{1,64}$/, 'expected the name of a parameter alone, such as token'));
/** The name of a field of the body, or a path such as `data.token`. */
const bodyField = () =>
  z
    .string()
    .check(
      z.regex(
        /^[\w-]{1,64}(?:\.[\w-]{1,64}){0,7}$/,
        'expected the name of a field of the body, such as secret or data.token',
      ),
    );
const fieldName = () =>
  z.string().check(z.regex(/^[\w.-]{1,32}$/, 'expected the name of a field of the header, such as t or v1'));
const prefix = () => z._default(z.string().check(z.maxLength(64)), '');

const signedTemplate = () =>
  z.string().check(
    z.maxLength(256),
    // A signature that leaves the body out proves nothing about it.
    z.regex(/\{body\}/, 'expected a template with {body}'),
    z.regex(
      /^(?:[^{}]|\{body\}|\{timestamp\}|\{header:[A-Za-z0-9-]{1,64}\})*$/,
      'expected no other braces than {body}, {timestamp} and {header:name}',
    ),
  );

/** Exactly one of the places is given. @param others where the token can be instead of a header */
const onePlace = <Auth extends Readonly<Record<string, unknown>>>(others: string) =>
  z.refine<Auth>((auth) => places.filter((place) => auth[place] !== undefined).length === 1, {
    path: ['header'],
    message: `or ${others} must be given, and only one of them`,
  });

const places = ['header', 'query', 'body'];

const hmacShape = () =>
  z.strictObject({
    profile: z.literal('hmac'),
    header: z.optional(headerName()),
    query: z.optional(parameterName()),
    /** The fields of a value such as `t=…,v1=…` or `ts=…;h1=…`. */
    fields: z.optional(z.strictObject({ timestamp: z.optional(fieldName()), signature: fieldName() })),
    algorithm: z._default(z.enum(['sha1', 'sha256', 'sha384', 'sha512']), 'sha256'),
    encoding: z._default(z.enum(['hex', 'base64', 'hex_or_base64']), 'hex'),
    secretEncoding: z._default(secretEncoding(), 'utf8'),
    prefix: prefix(),
    signedTemplate: z._default(signedTemplate(), '{body}'),
    /** Needed for `toleranceSeconds`, unless a field contains the time. */
    timestampHeader: z.optional(headerName()),
    toleranceSeconds: z.optional(toleranceSeconds()),
  });

type HmacSettings = z.infer<ReturnType<typeof hmacShape>>;

const hmacSchema = () =>
  hmacShape().check(
    onePlace('query'),
    z.refine(
      ({ timestampHeader, fields }) => timestampHeader === undefined || fields?.timestamp === undefined,
      {
        path: ['timestampHeader'],
        message: 'and fields.timestamp exclude each other',
      },
    ),
    z.refine(hasTimeForTolerance, {
      path: ['toleranceSeconds'],
      message: 'and timestampHeader require each other (or give fields.timestamp)',
    }),
    z.refine(
      (auth) => auth.timestampHeader === undefined || signsHeader(auth.signedTemplate, auth.timestampHeader),
      {
        path: ['timestampHeader'],
        message: 'is not part of signedTemplate, so anyone could change it',
      },
    ),
    z.refine(({ fields, signedTemplate: text }) => fields?.timestamp === undefined || signsTimestamp(text), {
      path: ['fields', 'timestamp'],
      message:
        'is not part of signedTemplate, so anyone could change it: add {timestamp} where the sender has it',
    }),
    z.refine(({ fields, signedTemplate: text }) => fields?.timestamp !== undefined || !signsTimestamp(text), {
      path: ['signedTemplate'],
      message: 'contains {timestamp}: give the name of its field in fields.timestamp',
    }),
    z.refine(({ fields }) => fields === undefined || fields.timestamp !== fields.signature, {
      path: ['fields', 'timestamp'],
      message: 'and fields.signature must have different names',
    }),
  );

/** A field with the time has a tolerance of its own, five minutes. */
function hasTimeForTolerance({
  fields,
  timestampHeader,
  toleranceSeconds: tolerance,
}: HmacSettings): boolean {
  return fields?.timestamp !== undefined || (tolerance === undefined) === (timestampHeader === undefined);
}

export const authSchema = () =>
  z.discriminatedUnion('profile', [
    hmacSchema(),
    z.strictObject({ profile: z.literal('standard-webhooks'), ...standardWebhooksShape() }),
    z
      .strictObject({
        profile: z.literal('static-token'),
        header: z.optional(headerName()),
        query: z.optional(parameterName()),
        body: z.optional(bodyField()),
        prefix: prefix(),
      })
      .check(onePlace('query or body')),
  ]);

export type AuthSettings = z.infer<ReturnType<typeof authSchema>>;
