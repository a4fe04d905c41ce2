/** A source of every platform, and custom ones with every kind of proof and body. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFacts } from '../../../cli/trigger/samples/facts.ts';
import { samplePlatforms } from '../../../cli/trigger/samples/platforms.ts';
import type { Platform } from '../../../lib/webhooks/platform.ts';
import { type Platforms, platforms } from '../../../lib/webhooks/platforms.ts';
import { type PreparedSource, prepareSources } from '../../../lib/webhooks/prepare-source.ts';
import { parseSources } from '../../../lib/webhooks/source-settings.ts';
import { nowMs } from '../doors/door.ts';
import { canary } from './canary.ts';

export interface Content {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** What the platform's API answers. */
  readonly documents: readonly unknown[];
}

const mapping = {
  event_name: "'Purchase'",
  event_id: 'to_string(id || order.id || data.id)',
  email: 'email || customer.email || data.customer.email',
  phone: 'phone || customer.mobile',
  value: 'to_number(total || data.amount) || `1`',
  currency: "currency || 'USD'",
  event_time: 'created_at || data.created_at',
  contents: 'items[].{content_id: to_string(id), price: price, quantity: quantity}',
  page_url: 'page_url',
};
const custom = (auth: object, rest: object = {}) => ({ platform: 'custom', mapping, auth, ...rest });

const settings: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    platforms.flatMap(({ name, local }) =>
      local === undefined ? [] : [[name, { platform: name, ...local.settings }]],
    ),
  ),
  header: custom(
    { profile: 'static-token', header: 'authorization', prefix: 'Bearer ' },
    { challenge: 'hub' },
  ),
  query: custom({ profile: 'static-token', query: 'token' }, { format: 'json' }),
  body: custom({ profile: 'static-token', body: 'data.token' }),
  form: custom({ profile: 'static-token', body: 'token' }, { format: 'form' }),
  hmac: custom({ profile: 'hmac', header: 'x-sig' }),
  fields: custom({
    profile: 'hmac',
    header: 'x-sig',
    fields: { timestamp: 't', signature: 'v1' },
    signedTemplate: '{timestamp}.{body}',
    encoding: 'hex_or_base64',
  }),
  'standard-profile': custom({ profile: 'standard-webhooks', secretEncoding: 'utf8' }),
};

/** No network: the API of a platform gives what the body brought along. */
function offline(platform: Platform, documentOf: () => unknown): Platform {
  return {
    ...platform,
    bind: (given) => {
      const bound = platform.bind(given);
      const { fetch } = bound;
      if (fetch === undefined) return bound;
      return {
        ...bound,
        fetch: { ...fetch, read: (content) => fetch.read(content, async () => documentOf()) },
      };
    },
  };
}

export const prepareFuzzSources = (
  documentOf: () => unknown,
): Promise<ReadonlyMap<string, PreparedSource>> => {
  const [first, ...others] = platforms;
  const among: Platforms = [offline(first, documentOf), ...others.map((each) => offline(each, documentOf))];
  return prepareSources(parseSources(settings, among), among);
};

const folder = join(import.meta.dirname, '../../fixtures/webhooks');
const recorded = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .map((name): Content => {
    const body: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return { headers: {}, body, documents: [] };
  });

/** @returns what a source receives: each topic of its platform, or for a custom one the recorded bodies of many platforms */
export function contentsOf({ settings: given }: PreparedSource): readonly Content[] {
  const known = samplePlatforms.find(({ platform }) => platform === given.platform);
  if (known === undefined) return recorded;
  const { facts } = createFacts({ id: '1001', ...canary }, nowMs);
  return known.samples.map(({ topic, build }): Content => {
    const context = { topic, facts, settings: given };
    const { body, documents = {} } = build(context);
    return {
      headers: known.headers(context),
      body,
      documents: Object.values(documents).map(({ json }) => json),
    };
  });
}
