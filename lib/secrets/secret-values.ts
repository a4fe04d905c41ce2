/** The contents of the secrets, and their decoders. An error names the secret and the field, never a value. */
import * as z from 'zod/mini';
import { AppError } from '../errors/app-error.ts';
import { destinationName } from '../events/destination.ts';
import { isDigest } from '../privacy/sha256.ts';
import { isObject } from '../schema/is-object.ts';
import { lazily } from '../schema/lazy/lazily.ts';
import { parseJson } from '../schema/parse-json.ts';
import { apiKeySchema } from './api-key.ts';

/** The most characters of one value in a secret. */
export const maxSecretLength = 4_096;

const nonEmpty = () => z.string().check(z.minLength(1), z.maxLength(maxSecretLength));

/** An access token goes into a header, which accepts visible ASCII only. */
export const accessTokenForm = /^[\x21-\x7e]{1,4096}$/;

/** `…/destinations/<name>`: written by the OAuth callback or by hand. */
const tokenSchema = lazily(() =>
  z.object({
    access_token: z.string().check(z.regex(accessTokenForm)),
    advertiser_ids: z.optional(z.array(z.string())),
    connected_at: z.optional(z.string()),
  }),
);

/** `…/oauth-app`: the developer app at TikTok. */
const oauthAppSchema = lazily(() => z.object({ app_id: nonEmpty(), secret: nonEmpty() }));

const anyText = () => z.string().check(z.maxLength(4096));

/**
 * The signing secrets of one webhook source, and the token for the API of its platform. Their form is checked where the
 * source is used: a malformed one must not make the API keys unusable.
 */
const webhookSchema = lazily(() =>
  z.object({ secrets: z.array(anyText()), api_token: z.optional(anyText()) }),
);

/** `…/ingest`: API keys, and the secrets of the webhook sources. */
const ingestSchema = lazily(() =>
  z.object({
    keys: z._default(z.array(apiKeySchema()), []),
    webhooks: z._default(z.record(z.string(), webhookSchema()), {}),
  }),
);

/** `…/connect`: the one open connect link, by the SHA-256 of its nonce. */
const connectSchema = lazily(() =>
  z.object({
    digest: z.string().check(z.refine(isDigest)),
    destination: destinationName,
    expires_at: z.iso.datetime({ offset: true }),
  }),
);

export type DestinationToken = z.infer<ReturnType<typeof tokenSchema>>;
export type OauthApp = z.infer<ReturnType<typeof oauthAppSchema>>;
export type IngestSecret = z.infer<ReturnType<typeof ingestSchema>>;
export type ConnectLink = z.infer<ReturnType<typeof connectSchema>>;

/**
 * Secrets Manager accepts no empty text, so a disconnected token or a spent link is overwritten with a note of the
 * time and the request. A secret that contains only such a note counts as empty.
 */
const vacantKeys: ReadonlySet<string> = new Set(['disconnected_at', 'spent_at', 'spent_by']);
export const disconnectedValue = (at: Date): string => JSON.stringify({ disconnected_at: at.toISOString() });
export const spentValue = (at: Date, by: string): string =>
  JSON.stringify({ spent_at: at.toISOString(), spent_by: by });

/** The text of a secret does not have the form that this file describes. */
export class MalformedSecretError extends AppError {
  override readonly name = 'MalformedSecretError';

  constructor(message: string) {
    super('malformed_secret', message);
  }
}

/** @returns undefined when nothing is connected: the secret has no value, or `disconnect` emptied it */
export const decodeToken = (name: string, text: string | undefined) => decodeWith(tokenSchema(), name, text);
export const decodeOauthApp = (name: string, text: string | undefined) =>
  decodeWith(oauthAppSchema(), name, text);
/** @returns the link, even when it has expired; undefined when there is none */
export const decodeConnect = (name: string, text: string | undefined) =>
  decodeWith(connectSchema(), name, text);
export const decodeIngest = (name: string, text: string | undefined): IngestSecret =>
  decodeWith(ingestSchema(), name, text) ?? { keys: [], webhooks: {} };

function decodeWith<T>(schema: z.ZodMiniType<T>, name: string, text: string | undefined): T | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const value = parseJson(text);
  if (value === undefined) throw new MalformedSecretError(`secret ${name}: not JSON`);
  if (isVacant(value)) return undefined;
  const decoded = schema.safeParse(value);
  if (decoded.success) return decoded.data;
  const path = decoded.error.issues[0]?.path.map(String).join('.') || 'the whole value';
  throw new MalformedSecretError(`secret ${name}: ${path} is missing or not of the expected form`);
}

const isVacant = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).every((key) => vacantKeys.has(key));
