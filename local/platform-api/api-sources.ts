/** The sources whose orders the gateway reads from the API of their platform, and the requests that each may make. */
import type { IncomingMessage } from 'node:http';
import { asObject } from '../../lib/payload/values.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import type { BoundOrderApi } from '../../lib/webhooks/platform-api/order-api.ts';
import { type Platforms, platformNamed, platforms } from '../../lib/webhooks/platforms.ts';

export interface ApiSettings {
  /** The sources of the stage, by name. */
  readonly sources: () => Readonly<Record<string, { readonly platform: string }>>;
  /** The present text of the stage's ingest secret, which has the API tokens. */
  readonly ingestSecret: () => string | undefined;
  readonly among?: Platforms;
}

/** A source whose platform has an API. */
export interface ApiSource {
  readonly name: string;
  readonly api: BoundOrderApi;
  /** The path of its API here, without a slash at its end. */
  readonly path: string;
  /** The present token; undefined when the source has none. */
  readonly token: string | undefined;
}

export function sourcesOf({ sources, ingestSecret, among = platforms }: ApiSettings): ApiSource[] {
  const tokens = tokensIn(ingestSecret());
  return Object.entries(sources()).flatMap(([name, settings]) => {
    const api = platformNamed(settings.platform, among).bind(settings).fetch;
    if (api === undefined) return [];
    const path = `/${settings.platform}${new URL(api.baseUrl).pathname}`;
    return [{ name, api, path, token: tokens.get(name) }];
  });
}

/** True when the request has the headers that this source sends, and asks for something below its base URL. */
export function isAllowed(
  { headers }: IncomingMessage,
  path: string,
  { api, path: base, token }: ApiSource,
): boolean {
  if (token === undefined || !path.startsWith(`${base}/`)) return false;
  return Object.entries(api.headers(token)).every(([name, value]) => headers[name.toLowerCase()] === value);
}

function tokensIn(secret = '{}'): ReadonlyMap<string, string> {
  const { webhooks } = asObject(parseJson(secret));
  const found = Object.entries(asObject(webhooks)).map(([name, source]) => [
    name,
    asObject(source).api_token,
  ]);
  return new Map(found.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
