/** Waits until the approval of a connect link is stored as the token of its destination, or the link expires. */
import { setTimeout as pause } from 'node:timers/promises';
import { readAdvertiserNames } from '../../lib/oauth/tiktok-oauth.ts';
import { destinationSecretName, oauthAppSecretName } from '../../lib/secrets/names.ts';
import { decodeOauthApp, decodeToken } from '../../lib/secrets/secret-values.ts';
import { createTikTokClient } from '../../lib/tiktok/client.ts';
import { isUnavailable } from '../errors/explain-error.ts';
import type { Stage } from '../stage/stage.ts';
import { tiktokApiUrl } from '../stage/tiktok-api-url.ts';

export interface AdAccount {
  readonly id: string;
  /** Empty when the developer app may not read names. */
  readonly name: string;
}

export interface Connected {
  readonly connected_at: string;
  readonly ad_accounts: readonly AdAccount[];
}

export interface Wait {
  readonly destination: string;
  /** `connected_at` before the link was made. A difference shows the approval, whatever this machine's clock says. */
  readonly before: string | undefined;
  readonly untilMs: number;
  readonly signal: AbortSignal;
}

/** On this machine a read costs nothing; at AWS, 10 minutes are 300 reads, which cost $0.0015. */
const pollMs = 2_000;
const localPollMs = 250;

/** @returns undefined when the link expired first, or the signal came */
export async function waitForApproval(stage: Stage, wait: Wait): Promise<Connected | undefined> {
  const { destination, before, untilMs, signal } = wait;
  while (!signal.aborted) {
    const token = await readToken(stage, destination);
    if (token?.connected_at !== undefined && token.connected_at !== before)
      return { connected_at: token.connected_at, ad_accounts: await adAccounts(stage, destination, token) };
    if (Date.now() >= untilMs) return undefined;
    await pause(stage.isLocal ? localPollMs : pollMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

type Token = NonNullable<ReturnType<typeof decodeToken>>;

/** A network that fails for a moment must not end the waiting. */
async function readToken(stage: Stage, destination: string): Promise<Token | undefined> {
  const name = destinationSecretName(stage.secretsPrefix, destination);
  try {
    return decodeToken(name, await (await stage.secrets()).read(name));
  } catch (error) {
    if (isUnavailable(error)) return undefined;
    throw error;
  }
}

/** The time at which the destination was connected; undefined when it is not, or its secret is malformed. */
export async function connectedAt(stage: Stage, destination: string): Promise<string | undefined> {
  return readToken(stage, destination).then(
    (token) => token?.connected_at,
    () => undefined,
  );
}

async function adAccounts(stage: Stage, destination: string, token: Token): Promise<readonly AdAccount[]> {
  const ids = token.advertiser_ids ?? [];
  const names = await namesAtTikTok(stage, destination, token).catch(() => new Map<string, string>());
  return ids.map((id) => ({ id, name: names.get(id) ?? '' }));
}

async function namesAtTikTok(stage: Stage, destination: string, { access_token }: Token) {
  const appName = oauthAppSecretName(stage.secretsPrefix);
  const app = decodeOauthApp(appName, await (await stage.secrets()).read(appName));
  if (app === undefined) return new Map<string, string>();
  return readAdvertiserNames(createTikTokClient(await tiktokApiUrl(stage, destination)), app, access_token);
}
