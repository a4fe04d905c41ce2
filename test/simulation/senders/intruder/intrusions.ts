/** The requests that must never get an event to TikTok, and how each is rejected. */
import { createHmac } from 'node:crypto';
import type { HttpRequest } from '../api-gateway.ts';
import { apiKey, backendSecret, expiredKey, limitedKey, shopSecret } from '../keys.ts';

export interface Intrusion {
  readonly name: string;
  readonly door: 'api' | 'webhooks';
  /** The statuses that end it; 429 and 5xx are repeated. */
  readonly statuses: readonly number[];
  readonly request: (text: string, nowMs: number) => Omit<HttpRequest, 'timeoutMs'>;
}

const json = { 'content-type': 'application/json' };
const hmac = (key: string | Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64');

const api =
  (headers: Readonly<Record<string, string>>, change = (text: string) => text) =>
  (text: string) => ({ path: '/v1/events', headers: { ...json, ...headers }, body: change(text) });

const shopify = (signature: (text: string) => Readonly<Record<string, string>>) => (text: string) => ({
  path: '/v1/webhooks/shop',
  headers: { ...json, 'x-shopify-topic': 'orders/paid', ...signature(text) },
  body: text,
});

/** @param secret without `whsec_`, base64 @param ageSeconds of the timestamp */
const standard = (secret: string, ageSeconds: number, change = (text: string) => text) => {
  const key = Buffer.from(secret, 'base64');
  return (text: string, nowMs: number) => {
    const seconds = Math.floor(nowMs / 1000) - ageSeconds;
    const signature = `v1,${hmac(key, `msg.${seconds}.${text}`)}`;
    const headers = {
      'webhook-id': 'msg',
      'webhook-timestamp': `${seconds}`,
      'webhook-signature': signature,
    };
    return { path: '/v1/webhooks/backend', headers: { ...json, ...headers }, body: change(text) };
  };
};

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const secretOfBackend = backendSecret.slice('whsec_'.length);
const tooLarge = `"${'x'.repeat(1_048_576)}"`;

export const intrusions: readonly [Intrusion, ...Intrusion[]] = [
  { name: 'no key', door: 'api', statuses: [401], request: api({}) },
  { name: 'a wrong key', door: 'api', statuses: [401], request: api(bearer('wrong-key')) },
  { name: 'an expired key', door: 'api', statuses: [401], request: api(bearer(expiredKey)) },
  {
    name: 'two keys',
    door: 'api',
    statuses: [401],
    request: api({ ...bearer(apiKey), 'x-api-key': limitedKey }),
  },
  { name: 'a key of another destination', door: 'api', statuses: [403], request: api(bearer(limitedKey)) },
  {
    name: 'half a body',
    door: 'api',
    statuses: [400],
    request: api(bearer(apiKey), (text) => text.slice(1)),
  },
  {
    name: 'another type',
    door: 'api',
    statuses: [415],
    request: api({ ...bearer(apiKey), 'content-type': 'text/csv' }),
  },
  { name: 'an oversized body', door: 'api', statuses: [413], request: api(bearer(apiKey), () => tooLarge) },
  { name: 'no signature', door: 'webhooks', statuses: [401], request: shopify(() => ({})) },
  {
    name: 'the signature of another secret',
    door: 'webhooks',
    statuses: [401],
    request: shopify((text) => ({ 'x-shopify-hmac-sha256': hmac('another-secret', text) })),
  },
  {
    name: 'the signature of another body',
    door: 'webhooks',
    statuses: [401],
    request: shopify((text) => ({ 'x-shopify-hmac-sha256': hmac(shopSecret, `${text} `) })),
  },
  { name: 'an old signature', door: 'webhooks', statuses: [401], request: standard(secretOfBackend, 3_600) },
  {
    name: 'a signature of the future',
    door: 'webhooks',
    statuses: [401],
    request: standard(secretOfBackend, -3_600),
  },
  {
    name: 'a changed body',
    door: 'webhooks',
    statuses: [401],
    request: standard(secretOfBackend, 0, (text) => text.replace('none', 'large')),
  },
  {
    name: 'a wrong secret',
    door: 'webhooks',
    statuses: [401],
    request: standard('d3Jvbmctc2VjcmV0LXdyb25nLXNlY3JldA==', 0),
  },
];
