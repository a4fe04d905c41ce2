/** The request that the platform would send: its headers, the signature of the source, and the body as bytes. */
import { platformNamed } from '../../../lib/webhooks/platforms.ts';
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
  const all = {
    'content-type': content.contentType ?? 'application/json',
    ...headers,
    ...(content.isUnsigned === true ? {} : signatureOf(parts)),
  };
  return {
    url: `${apiUrl}/v1/webhooks/${source.name}`,
    headers: { ...lowerCase(all), ...lowerCase(ownHeaders) },
    body: content.body,
    documents: Object.values(content.documents ?? {}).map(({ path, json }) => ({
      url: apiUrl + storagePath(source, path),
      json,
    })),
  };
}

function signatureOf({ source, content, secret, nowMs }: Parts) {
  const { sign } = platformNamed(source.settings.platform).bind(source.settings);
  return sign({ secret, body: content.body, nowSeconds: Math.floor(nowMs / 1000) });
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Where the local gateway keeps what the platform's API answers: below the path that the real API has. */
function storagePath({ settings }: TriggerSource, path: ApiDocument['path']): string {
  const { fetch } = platformNamed(settings.platform).bind(settings);
  const base = fetch === undefined ? '' : new URL(fetch.baseUrl).pathname.replace(/\/$/, '');
  return `/_sandbox/platform-api/${settings.platform}${base}${path}`;
}
