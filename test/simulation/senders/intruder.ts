/**
 * Everyone who must not get an event to TikTok: with a wrong, an expired or a limited key, a wrong or an old signature, a body
 * that is too large or no JSON. An acceptance ends the run.
 */
import { createHmac } from 'node:crypto';
import { Breach } from '../breach.ts';
import type { SentEvent, Surroundings } from '../world-parts.ts';
import type { ApiGateway, HttpRequest } from './api-gateway.ts';
import type { Input } from './event-maker.ts';
import { apiKey, backendSecret, expiredKey, limitedKey, shopSecret } from './keys.ts';
import { guarded, pause } from './pause.ts';

export interface IntruderSettings {
  /** Of POST /v1/events. */
  readonly api: ApiGateway;
  /** Of the webhooks. */
  readonly webhooks: ApiGateway;
  /** Starts its keys: no other sender has it. */
  readonly prefix: string;
  readonly requests: number;
  readonly pauseMs: number;
}

interface Intrusion {
  readonly name: string;
  readonly door: 'api' | 'webhooks';
  /** The statuses that end it; 429 and 5xx are repeated. */
  readonly statuses: readonly number[];
  readonly request: (text: string, nowMs: number) => Omit<HttpRequest, 'timeoutMs'>;
}

const mostTries = 5;

/** @returns when every request was rejected, or given up */
export async function runIntruder(surroundings: Surroundings, settings: IntruderSettings): Promise<void> {
  const { random } = surroundings;
  const { prefix, requests, pauseMs } = settings;
  for (let number = 1; number <= requests; number += 1) {
    const intrusion = random.pick(intrusions);
    const key = `${prefix}${number}`;
    await guarded(`intruder ${key}: ${intrusion.name}`, surroundings, () =>
      intrude(intrusion, key, surroundings, settings),
    );
    await pause(pauseMs, surroundings);
  }
}

async function intrude(
  { door, statuses, request }: Intrusion,
  key: string,
  surroundings: Surroundings,
  settings: IntruderSettings,
): Promise<void> {
  const { scheduler, witness } = surroundings;
  const event: SentEvent = {
    key,
    source: door === 'api' ? 'api' : 'webhook',
    destination: 'default',
    nature: 'invalid',
    isStable: true,
    atMs: scheduler.now(),
  };
  const text = JSON.stringify(inputOf(key));
  for (let tries = 1; tries <= mostTries; tries += 1) {
    witness({ kind: 'attempted', event });
    const answer = await settings[door].send({ ...request(text, scheduler.now()), timeoutMs: 30_000 });
    if (answer !== undefined && statuses.includes(answer.status)) return witness({ kind: 'rejected', key });
    const isRepeated = answer === undefined || answer.status === 429 || answer.status >= 500;
    if (!isRepeated) throw new Breach(`answered ${answer.status}: ${answer.body}`);
    await pause(1_000 * 2 ** tries, surroundings);
  }
}

const inputOf = (key: string): Input => ({
  event_name: 'Purchase',
  event_id: `id-${key}`,
  order_id: key,
  description: 'to default: none',
  email: 'intruder@example.com',
});

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

const intrusions: readonly [Intrusion, ...Intrusion[]] = [
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
