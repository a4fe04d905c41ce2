/** The page and heading that explain how a kind of source sends what is missing. A test follows every link. */
import type { Topic } from '../../lib/journal/gains.ts';

export type SourceKind =
  | { readonly kind: 'api' | 'queue' | 'collect' | 'sync' }
  | { readonly kind: 'webhook'; readonly platform: string | undefined };

/** @param platformOf the platform of a webhook source; undefined when the stage file of this machine has no such source */
export function sourceKind(source: string, platformOf: (name: string) => string | undefined): SourceKind {
  if (source === 'api' || source === 'queue' || source === 'collect') return { kind: source };
  return { kind: 'webhook', platform: platformOf(source) };
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
