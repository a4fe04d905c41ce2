/** The request that the platform would send: its headers, the signature of the source, and the body as bytes. */
import { platformNamed } from '../../../lib/webhooks/platforms.ts';
import type { SignedPlaces } from '../../../lib/webhooks/signatures/verification.ts';
import type { WebhookContent } from '../content/make-content.ts';
import type { ApiDocument } from '../samples/sample.ts';
import type { TriggerSource } from '../source/trigger-source.ts';

/** A document that the local platform API must have before the webhook arrives. */
export interface StoredDocument {
  readonly url: string;
  readonly json: unknown;
}

export interface WebhookRequest {
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly documents: readonly StoredDocument[];
}

interface Parts {
  readonly apiUrl: string;
  readonly source: TriggerSource;
  readonly content: WebhookContent;
  readonly headers: Readonly<Record<string, string>>;
  /** The user's: they replace any other. */
  readonly ownHeaders: Readonly<Record<string, string>>;
  readonly secret: string;
  readonly nowMs: number;
}

export function makeRequest(parts: Parts): WebhookRequest {
  const { apiUrl, source, content, headers, ownHeaders } = parts;
  const signed = signedPlaces(parts);
  const all = {
    'content-type': content.contentType ?? 'application/json',
    ...headers,
    ...signed.headers,
  };
  const query = new URLSearchParams(signed.query).toString();
  return {
    url: `${apiUrl}/v1/webhooks/${source.name}${query && `?${query}`}`,
    headers: { ...lowerCase(all), ...lowerCase(ownHeaders) },
    body: signed.body,
    documents: Object.values(content.documents ?? {}).map(({ path, json }) => ({
      url: apiUrl + storagePath(source, path),
      json,
    })),
  };
}

function signedPlaces({ source, content, secret, nowMs, ownHeaders }: Parts): SignedPlaces {
  const { body } = content;
  if (content.isUnsigned === true) return { headers: {}, query: {}, body };
  const { signPlaces } = platformNamed(source.settings.platform).bind(source.settings);
  // The id of a delivery becomes the id of an event without one of its own, so each run needs another.
  const headers = { 'webhook-id': `trigger-${nowMs}`, ...lowerCase(ownHeaders) };
  return signPlaces({ secret, body, headers, nowSeconds: Math.floor(nowMs / 1000) });
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Where the local gateway keeps what the platform's API answers: below the path that the real API has. */
function storagePath({ settings }: TriggerSource, path: ApiDocument['path']): string {
  const { fetch } = platformNamed(settings.platform).bind(settings);
  const base = fetch === undefined ? '' : new URL(fetch.baseUrl).pathname.replace(/\/$/, '');
  return `/_sandbox/platform-api/${settings.platform}${base}${path}`;
}
