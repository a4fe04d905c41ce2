/** The page and heading that explain how a kind of source sends what is missing. A test follows every link. */
import type { Topic } from '../../lib/journal/gains.ts';

export type SourceKind =
  | { readonly kind: 'api' | 'queue' | 'collect' | 'sync' }
  | { readonly kind: 'webhook'; readonly platform: string | undefined };

/** Webhook sources and syncs, by name, as far as this machine knows them. */
export interface NamedSources {
  readonly sources: Readonly<Record<string, { readonly platform: string }>>;
  readonly syncs?: Readonly<Record<string, unknown>> | undefined;
}

export function sourceKind(source: string, { sources, syncs = {} }: NamedSources): SourceKind {
  if (source === 'api' || source === 'queue' || source === 'collect') return { kind: source };
  if (Object.hasOwn(syncs, source)) return { kind: 'sync' };
  return {
    kind: 'webhook',
    platform: Object.hasOwn(sources, source) ? sources[source]?.platform : undefined,
  };
}

type Guides = Readonly<Record<Topic, string>>;

const inTime = 'docs/quality.md#in-5-minutes';

const api: Guides = {
  browser: 'docs/events.md#fields',
  person: 'docs/events.md#fields',
  order: 'docs/events.md#fields',
  id: 'docs/events.md#event-ids',
  time: inTime,
};

const anyWebhook: Guides = {
  browser: 'docs/webhooks.md#what-only-the-browser-knows',
  person: 'docs/webhooks.md#settings-of-every-source',
  order: 'docs/webhooks.md#settings-of-every-source',
  id: 'docs/webhooks.md#counted-once',
  time: inTime,
};

const guidesOfKind: Readonly<Record<Exclude<SourceKind['kind'], 'webhook'>, Guides>> = {
  api,
  queue: {
    browser: 'docs/pipelines.md#what-a-message-may-be',
    person: 'docs/pipelines.md#what-a-message-may-be',
    order: 'docs/pipelines.md#what-a-message-may-be',
    id: 'docs/events.md#event-ids',
    time: inTime,
  },
  collect: anyWebhook,
  sync: {
    browser: 'docs/sync.md#from-columns-to-fields',
    person: 'docs/sync.md#from-columns-to-fields',
    order: 'docs/sync.md#from-columns-to-fields',
    id: 'docs/sync.md#each-row-once',
    time: inTime,
  },
};

/** The guides of shop platforms have the same headings. */
const shop = (page: string): Guides => ({
  browser: `docs/sources/${page}.md#click-id-browser-id-and-consent`,
  person: `docs/sources/${page}.md#what-arrives`,
  order: `docs/sources/${page}.md#what-arrives`,
  id: `docs/sources/${page}.md#pixel-and-webhook-counted-once`,
  time: inTime,
});

const guidesOfPlatform: ReadonlyMap<string, Guides> = new Map([
  ...['shopify', 'woocommerce', 'shoplazza', 'stripe', 'bigcommerce', 'nuvemshop'].map(
    (page): [string, Guides] => [page, shop(page)],
  ),
  ['standard', { ...api, browser: 'docs/sources/standard-webhooks.md#click-id-browser-id-and-consent' }],
  [
    'custom',
    {
      browser: 'docs/sources/custom.md#click-id-browser-id-and-consent',
      person: 'docs/sources/mapping.md',
      order: 'docs/sources/mapping.md',
      id: 'docs/sources/custom.md#ids-and-repeats',
      time: inTime,
    },
  ],
]);

export function guideFor(source: SourceKind, topic: Topic): string {
  if (source.kind !== 'webhook') return guidesOfKind[source.kind][topic];
  return (guidesOfPlatform.get(source.platform ?? '') ?? anyWebhook)[topic];
}
