/** What connecting needs from outside: settings, the secrets of the stage, TikTok, the clock and chance. */
import type { Destinations } from '../events/destination.ts';
import { errorName } from '../privacy/error-name.ts';
import { connectSecretName, oauthAppSecretName } from '../secrets/names.ts';
import { type ConnectLink, decodeConnect, decodeOauthApp, type OauthApp } from '../secrets/secret-values.ts';
import type { SecretsClient, SecretWriter } from '../secrets/secrets-manager.ts';
import type { TikTokClient } from '../tiktok/client.ts';
import { RefusedError } from './refusal.ts';

export interface OauthPorts {
  readonly stage: string;
  readonly secretsPrefix: string;
  readonly tiktokApiUrl: string;
  readonly publicUrl: string | undefined;
  readonly destinations: Destinations;
  readonly secrets: SecretsClient & SecretWriter;
  readonly callTikTok: TikTokClient;
  readonly now: () => number;
  /** 256 random bits in base64url. */
  readonly randomText: () => string;
}

type SecretPorts = Pick<OauthPorts, 'secrets' | 'secretsPrefix'>;

/** A fresh read: a link counts from the moment it is made until the moment it is spent. */
export const readLink = (ports: SecretPorts): Promise<ConnectLink | undefined> =>
  readSecret(ports, connectSecretName(ports.secretsPrefix), decodeConnect);

/** Refuses when the stage has no developer app. */
export async function readApp(ports: SecretPorts): Promise<OauthApp> {
  const app = await readSecret(ports, oauthAppSecretName(ports.secretsPrefix), decodeOauthApp);
  if (app === undefined) throw new RefusedError('app_not_set_up');
  return app;
}

type Decode<T> = (name: string, text: string | undefined) => T | undefined;

/** A malformed secret is told by its decoder, which names the field; no message of the SDK is kept. */
async function readSecret<T>({ secrets }: SecretPorts, name: string, decode: Decode<T>) {
  const text = await secrets.read(name).catch((cause: unknown) => {
    const log = { operation: 'read_secret', aws_error: errorName(cause) } as const;
    throw new RefusedError('secrets_unavailable', log, { cause });
  });
  return decode(name, text);
}
