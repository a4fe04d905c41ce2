/** What the secrets hold, and their decoders. An error names the secret and the field, never a value. */
import * as z from 'zod/mini';

const nonEmpty = z.string().check(z.minLength(1), z.maxLength(4096));

/** `…/destinations/<name>`: written by the OAuth callback or by hand. */
const tokenSchema = z.object({
  access_token: nonEmpty,
  advertiser_ids: z.optional(z.array(z.string())),
  connected_at: z.optional(z.string()),
});

/** `…/oauth-app`: the developer app at TikTok. */
const oauthAppSchema = z.object({ app_id: nonEmpty, secret: nonEmpty });

const apiKeySchema = z.object({
  /** Shown in logs and used in derived event ids; not secret. */
  id: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)),
  key: z.string().check(z.minLength(1), z.maxLength(512)),
  /** Names of destinations the key may use; `*` is all. */
  destinations: z._default(z.array(z.string()), ['*']),
});

/** `…/ingest`: API keys, and the signing secrets of the webhook sources. */
const ingestSchema = z.object({
  keys: z._default(z.array(apiKeySchema), []),
  webhooks: z._default(z.record(z.string(), z.object({ secrets: z.array(nonEmpty) })), {}),
});

export type DestinationToken = z.infer<typeof tokenSchema>;
export type OauthApp = z.infer<typeof oauthAppSchema>;
export type ApiKey = z.infer<typeof apiKeySchema>;
export type IngestSecret = z.infer<typeof ingestSchema>;

/** The secret holds something that is not what this page describes. */
export class MalformedSecretError extends Error {
  override readonly name = 'MalformedSecretError';
}

/** A secret without a value is undefined: nothing is connected yet. */
export const decodeToken = (name: string, text: string | undefined) => decodeWith(tokenSchema, name, text);
export const decodeOauthApp = (name: string, text: string | undefined) =>
  decodeWith(oauthAppSchema, name, text);
export const decodeIngest = (name: string, text: string | undefined): IngestSecret =>
  decodeWith(ingestSchema, name, text) ?? { keys: [], webhooks: {} };

function decodeWith<T>(schema: z.ZodMiniType<T>, name: string, text: string | undefined): T | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const decoded = schema.safeParse(parseJson(name, text));
  if (decoded.success) return decoded.data;
  const path = decoded.error.issues[0]?.path.map(String).join('.') || 'the whole value';
  throw new MalformedSecretError(`secret ${name}: ${path} is missing or not of the expected form`);
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedSecretError(`secret ${name}: not JSON`);
  }
}
