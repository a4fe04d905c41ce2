/** The channel of a Shopify order. Drafts, point of sale and renewals count only when the settings name their channel. */
import { asText, type Payload } from '../../payload/values.ts';
import { type ChannelReason, skipChannel } from '../rules/channel.ts';
import { type SkippedWebhook, skip } from '../webhook-outcome.ts';
import type { ShopifySettings } from './settings.ts';

/** Shopify's own apps, by number: some orders name their app only. */
const ownApps: Readonly<Record<string, string>> = {
  '580111': 'web',
  '129785': 'pos',
  '1354745': 'shopify_draft_order',
};

/** Channels of orders that staff enter. */
const staffChannels: Readonly<Record<string, ChannelReason>> = {
  shopify_draft_order: 'draft_order',
  pos: 'pos_order',
};

/** Checks what an order's channel and tags say about who placed it. Checkouts have the same fields. */
export function skipSource(order: Payload, settings: ShopifySettings): SkippedWebhook | undefined {
  const channel = channelOf(order);
  // Settings can allow the channel of renewals, and then its tags count too; no setting names a tag.
  const isRenewal = channel !== undefined && reasonOf(channel) === 'renewal';
  if (!isRenewal && hasRenewalTag(order.tags)) return skip('renewal', 'tags');
  const allowed = settings.sourceNames.map(channelName);
  return skipChannel(channel, { setting: 'sourceNames', allowed, reasonOf });
}

/** In orders that staff made, address and browser are the merchant's. */
export const isMadeByStaff = (order: Payload): boolean =>
  Object.hasOwn(staffChannels, channelOf(order) ?? '');

/** @returns `web`, `pos`, `shopify_draft_order`, an app's number … in lower case; undefined when the order names none */
function channelOf(order: Payload): string | undefined {
  const app = nameOf(order.app_id);
  if (app !== undefined && Object.hasOwn(staffChannels, app)) return app;
  return nameOf(order.source_name) ?? app;
}

const nameOf = (value: unknown): string | undefined => {
  const text = asText(value);
  return text === undefined ? undefined : channelName(text);
};

function channelName(text: string): string {
  const name = text.toLowerCase();
  return Object.hasOwn(ownApps, name) ? (ownApps[name] ?? name) : name;
}

function reasonOf(channel: string): ChannelReason | undefined {
  if (Object.hasOwn(staffChannels, channel)) return staffChannels[channel];
  return channel.startsWith('subscription') ? 'renewal' : undefined;
}

/** Shopify writes tags as one text; its GraphQL API lists them. */
function hasRenewalTag(tags: unknown): boolean {
  const list = Array.isArray(tags) ? tags.map(asText) : asText(tags)?.split(',');
  return list?.some((tag) => tag !== undefined && isRenewalTag(tag)) ?? false;
}

const renewing: ReadonlySet<string> = new Set(['recurring', 'rebill']);
/** "Renewal" alone is also a name of products. */
const renewable: ReadonlySet<string> = new Set(['order', 'orders', 'subscription', 'membership']);
/** Words of tags about a first order, such as `First Recurring Order`, or about the person, such as `recurring customer`. */
const excluding: ReadonlySet<string> = new Set(
  'first initial new non not customer customers buyer client'.split(' '),
);

/**
 * Subscription apps tag renewals in their own words: `Subscription Recurring Order` (Recharge, Skio),
 * `appstle_subscription_recurring_order`, `Recurring order #2`, `Subscription renewal number: 3`.
 */
function isRenewalTag(tag: string): boolean {
  const words = tag.toLowerCase().split(/[^a-z]+/);
  const renews =
    words.some((word) => renewing.has(word)) ||
    (words.includes('renewal') && words.some((word) => renewable.has(word)));
  return renews && !words.some((word) => excluding.has(word));
}
