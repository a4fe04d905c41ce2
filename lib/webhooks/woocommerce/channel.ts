/**
 * The channel of a WooCommerce order. WooCommerce writes `created_via`, and plugins mark orders that they create through
 * the REST API in the order's meta: their orders would otherwise look like those of an app.
 */
import { type Attributes, metaData } from '../../payload/attributes.ts';
import { asText, type Payload } from '../../payload/values.ts';
import { type ChannelReason, skipChannel } from '../rules/channel.ts';
import type { SkippedWebhook } from '../webhook-outcome.ts';
import type { WooSettings } from './settings.ts';

/** The names under which `createdVia` allows an order that only its meta marks. */
const renewal = 'subscription';
const pointOfSale = 'pos';
const staff = 'admin';

/** A word of `created_via` that ends in "pos": `pos-rest-api` (WooCommerce), `woocommerce-pos`, `POS`, `wepos`, `openpos` … */
const posWord = /pos(?![a-z])|point[-_ ]of[-_ ]sale|foosales/;
const renewalWord = /subscription|renewal/;

/** Vendors' parts of one order, and later payments of a deposit: the order itself counts with its whole total. */
const partsOfAnOrder: ReadonlySet<string> = new Set([
  'dokan',
  'yith_wcmv_vendor_suborder',
  'wc_deposits',
  'yith_wcdp_balance_order',
]);

const renewalMarks = ['_subscription_renewal', 'wps_sfw_renewal_order', 'is_a_renew'];
/** WePOS, YITH, Point of Sale for WooCommerce, OpenPOS, FooSales, FooEvents. */
const posMarks = [
  '_wepos_is_pos_order',
  '_yith_pos_order',
  'wc_pos_order_type',
  '_op_order_source',
  '_foosales_order_source',
  '_fooeventspos_order_source',
];
/** WooCommerce's order attribution: the visitor's source, or `admin` and `pos` for orders that staff entered. */
const sourceType = '_wc_order_attribution_source_type';

const unmarked: ReadonlySet<string> = new Set(['no', 'false', '0']);
const isMarked = (meta: Attributes, marks: readonly string[]): boolean =>
  marks.some((mark) => meta.has(mark) && !unmarked.has(meta.get(mark)?.toLowerCase() ?? ''));

/** @returns `created_via`, or `subscription`, `pos` or `admin` for an order whose meta says so */
export function wooChannel(order: Payload): string | undefined {
  const meta = metaData(order.meta_data);
  const channel = asText(order.created_via);
  if (isMarked(meta, renewalMarks)) return renewal;
  if (channel !== undefined && reasonOf(channel) !== undefined) return channel;
  if (isMarked(meta, posMarks)) return pointOfSale;
  const source = meta.get(sourceType)?.toLowerCase();
  return source === pointOfSale || source === staff ? source : channel;
}

/** @returns a skip for an order that no shopper placed in the shop, or that is a part of another one */
export const skipWooChannel = (order: Payload, { createdVia }: WooSettings): SkippedWebhook | undefined =>
  skipChannel(wooChannel(order), { setting: 'createdVia', allowed: createdVia, reasonOf });

function reasonOf(name: string): ChannelReason | undefined {
  const channel = name.toLowerCase();
  if (channel === staff || channel === 'dokan-rest-api') return 'draft_order';
  if (posWord.test(channel)) return 'pos_order';
  if (renewalWord.test(channel)) return 'renewal';
  return partsOfAnOrder.has(channel) ? 'channel_not_allowed' : undefined;
}

/** In such an order, address and browser are those of the staff, or of the shop's server. */
export const isMadeByStaff = (order: Payload): boolean => reasonOf(wooChannel(order) ?? '') !== undefined;
