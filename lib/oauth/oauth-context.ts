/** The dependencies of connecting an ad account, and its access to the secrets of the stage. */
import type { Destinations } from '../events/destination.ts';
import { errorName } from '../privacy/error-name.ts';
import { connectSecretName, oauthAppSecretName } from '../secrets/names.ts';
import { type ConnectLink, decodeConnect, decodeOauthApp, type OauthApp } from '../secrets/secret-values.ts';
import type { SecretsClient, SecretWriter } from '../secrets/secrets-manager.ts';
import type { TikTokClient } from '../tiktok/client.ts';
import { RefusedError } from './refusal.ts';

export interface OauthContext {
  readonly settings: {
    readonly stage: string;
    readonly secretsPrefix: string;
    readonly tiktokApiUrl: string;
    readonly publicUrl: string | undefined;
    readonly destinations: Destinations;
  };
  readonly clients: {
    readonly secrets: SecretsClient & SecretWriter;
    readonly callTikTok: TikTokClient;
  };
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 256 random bits in base64url. */
  readonly random: () => string;
}

/** The part of the context that reads a secret. */
export interface SecretAccess {
  readonly settings: Pick<OauthContext['settings'], 'secretsPrefix'>;
  readonly clients: { readonly secrets: SecretsClient };
}

/** Reads the link without a cache: a link works from the moment it is created until it is spent. */
export const readLink = (context: SecretAccess): Promise<ConnectLink | undefined> =>
  readSecret(context, connectSecretName(context.settings.secretsPrefix), decodeConnect);

/** @throws RefusedError when the stage has no developer app */
export async function readApp(context: SecretAccess): Promise<OauthApp> {
  const app = await readSecret(context, oauthAppSecretName(context.settings.secretsPrefix), decodeOauthApp);
  if (app === undefined) throw new RefusedError('app_not_set_up');
  return app;
}

type Decode<T> = (name: string, text: string | undefined) => T | undefined;

/** The decoder reports a malformed secret and names the field. Of an SDK error only the name is kept. */
async function readSecret<T>({ clients: { secrets } }: SecretAccess, name: string, decode: Decode<T>) {
  const text = await secrets.read(name).catch((cause: unknown) => {
    const log = { operation: 'read_secret', aws_error: errorName(cause) } as const;
    throw new RefusedError('secrets_unavailable', log, { cause });
  });
  return decode(name, text);
}
