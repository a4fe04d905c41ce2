/** What the demo shop needs of the stage that runs: its pixel, its tag, and which names the collector leaves to others. */
import { reasonText } from '../../lib/reasons/reason-text.ts';
import type { LocalStage } from '../stage/local-stage.ts';
import type { SeenEvent } from './copies.ts';
import { loaderUrl } from './pixel/manners.ts';
import type { ShopSettings } from './shop-settings.ts';

/** An event with what TikTok makes of its copies. */
export interface JudgedEvent extends SeenEvent {
  /** `webhook`: another source sends the other copy. `skipped`: the gateway sends none. */
  readonly state: 'merged' | 'pixel' | 'gateway' | 'webhook' | 'skipped';
  /** Why the gateway sends no copy, and what you can do. */
  readonly why?: string | undefined;
}

export interface ShopStage {
  readonly name: string;
  readonly pixelCode: string;
  readonly consent: 'always' | 'require';
  /** The collector sends page views, so the base code does not. */
  readonly pageViews: boolean;
  readonly hasCollector: boolean;
  /** @returns the HTML of the tag; empty without a collector */
  tag(baseUrl: string): Promise<string>;
  judged(events: readonly SeenEvent[]): JudgedEvent[];
}

export const pixelFolder = '/shop/pixel';
export const pixelPosts = `${pixelFolder}/copies`;

export const pixelUrl = ({ pixel, manner }: ShopSettings): string =>
  pixel === 'blocked' ? `${pixelFolder}/blocked/loader.js` : loaderUrl(pixelFolder, manner, pixelPosts);

export function shopStage({ name, destinations, collector }: LocalStage): ShopStage {
  const { settings, browser } = collector ?? {};
  const [first] = settings?.destinations ?? Object.keys(destinations);
  let built: Promise<{ tag(baseUrl: string): string }> | undefined;
  return {
    name,
    pixelCode: destinations[first ?? 'default']?.pixelCode ?? '',
    consent: browser?.consent ?? 'always',
    pageViews: browser?.pageViews ?? false,
    hasCollector: browser !== undefined,
    tag: async (baseUrl) => {
      if (browser === undefined) return '';
      built ??= import('../../scripts/browser/browser-script.ts').then(({ buildBrowser }) =>
        buildBrowser(browser),
      );
      return (await built).tag(baseUrl);
    },
    judged: (events) =>
      events.map((event) => ({
        ...event,
        state: stateOf(event, browser?.untouched ?? []),
        why: whyOf(event.skipped),
      })),
  };
}

function whyOf(skipped: string | undefined): string | undefined {
  if (skipped === undefined) return undefined;
  const text = reasonText('collected', skipped);
  // "Nothing." in a guide answers the question of its table, which the panel does not ask.
  return text && `${text.meaning} ${text.fix.replace(/^Nothing\. ?/, '')}`.replaceAll('`', '').trim();
}

function stateOf(
  { name, pixelMs, gatewayMs, skipped }: SeenEvent,
  untouched: readonly string[],
): JudgedEvent['state'] {
  if (skipped !== undefined) return 'skipped';
  if (pixelMs !== undefined && gatewayMs !== undefined) return 'merged';
  if (gatewayMs !== undefined) return 'gateway';
  return untouched.includes(name) ? 'webhook' : 'pixel';
}
