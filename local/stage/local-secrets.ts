/** The values of secrets that nobody has stored. They are the same on every start, so that a sender can be set up once. */
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { platformNamed } from '../../lib/webhooks/platforms.ts';
import { accessToken, advertisers, localApiToken } from '../stage.ts';
import type { LocalSource, LocalStage } from './local-stage.ts';

/** The secrets that one source was given. */
export interface SourceSecrets {
  readonly source: string;
  readonly secret?: string | undefined;
  readonly apiToken?: string | undefined;
}

/** Standard Webhooks senders, and `check-secrets.ts`, accept no shorter key. */
const minKeyBytes = 16;

const plainSecret = (source: string): string => `local-${source}-secret`;
const longSecret = (source: string): string => `local-${source}-webhooks-secret`;
const base64Secret = (source: string): string =>
  `whsec_${Buffer.from(longSecret(source)).toString('base64')}`;
const hexSecret = (source: string): string => Buffer.from(longSecret(source)).toString('hex');

/** @returns the signing secret of a source, in the encoding that its settings name */
export function localSecret(source: string, settings: LocalSource): string {
  const { secretEncoding } = platformNamed(settings.platform).bind(settings);
  if (secretEncoding === 'base64') return base64Secret(source);
  if (secretEncoding === 'hex') return hexSecret(source);
  const secret = plainSecret(source);
  return secretEncoding === 'utf8' && secret.length < minKeyBytes ? longSecret(source) : secret;
}

/** @returns undefined for a platform that is not asked for orders */
export function apiTokenOf(source: string, settings: LocalSource): string | undefined {
  const { fetch } = platformNamed(settings.platform).bind(settings);
  return fetch && localApiToken(source);
}

export const localAccessToken = (destination: string): string =>
  destination === 'default' ? accessToken : `local-${destination}-access-token`;

/** The text of a destination's secret. */
export const localTokenSecret = (destination: string, now: Date): string =>
  JSON.stringify({
    access_token: localAccessToken(destination),
    advertiser_ids: advertisers.map((advertiser) => advertiser.advertiser_id),
    connected_at: now.toISOString(),
  });

/**
 * Adds to the ingest secret what it lacks for the stage. What an operator stored stays as it is.
 * @param text the current secret; undefined when it is empty, and then it gets the API key
 * @returns the new text, undefined when nothing is missing, and the secrets that are new in it
 */
export function fillIngest(
  text: string | undefined,
  { sources }: LocalStage,
  apiKey: string,
): { readonly text: string | undefined; readonly added: readonly SourceSecrets[] } {
  const isEmpty = text === undefined;
  const ingest = isEmpty ? { keys: [{ id: 'local', key: apiKey, destinations: ['*'] }] } : parseJson(text);
  const webhooks = isObject(ingest) ? (ingest.webhooks ?? {}) : undefined;
  // A secret that was broken by hand is left to its owner.
  if (!isObject(ingest) || !isObject(webhooks)) return { text: undefined, added: [] };
  const filled = Object.entries(sources).map(([source, settings]) => {
    const entry = webhooks[source];
    return { source, entry, ...missingSecrets(source, settings, isObject(entry) ? entry : {}) };
  });
  const added = filled.filter(({ secret, apiToken }) => secret !== undefined || apiToken !== undefined);
  if (added.length === 0 && !isEmpty) return { text: undefined, added: [] };
  const entries = added.map(({ source, entry, secret, apiToken }) => [
    source,
    {
      ...(isObject(entry) ? entry : {}),
      ...(secret === undefined ? {} : { secrets: [secret] }),
      ...(apiToken === undefined ? {} : { api_token: apiToken }),
    },
  ]);
  return {
    text: JSON.stringify({ ...ingest, webhooks: { ...webhooks, ...Object.fromEntries(entries) } }),
    added: added.map(({ source, secret, apiToken }) => ({ source, secret, apiToken })),
  };
}

/** A local secret in another encoding than the settings name now is replaced; nobody else's is. */
function missingSecrets(source: string, settings: LocalSource, entry: Readonly<Record<string, unknown>>) {
  const secret = localSecret(source, settings);
  const stored: readonly unknown[] = Array.isArray(entry.secrets) ? entry.secrets : [];
  const ours = [plainSecret, longSecret, base64Secret, hexSecret].map((make) => make(source));
  const isMissing = stored.every((known) => known !== secret && ours.some((own) => own === known));
  return {
    secret: isMissing ? secret : undefined,
    apiToken: entry.api_token === undefined ? apiTokenOf(source, settings) : undefined,
  };
}
