/** What would improve the events of one source most: the match keys that raise the estimate, and what TikTok needs besides. */
import type { EventSource } from '../events/destination.ts';
import { type CoverageCounts, shareOf } from './coverage.ts';
import type { CoverageCount } from './line.ts';
import { type MatchWay, matchShare, matchWaysOf, matchWeights, pointsOf } from './match-quality.ts';

/** What a guide explains: one place for each kind of source (cli/quality/guides.ts). */
export type Topic = 'browser' | 'person' | 'order' | 'id' | 'time';

export interface Gain {
  /** The row of `matchWeights`, or the count. */
  readonly field: string;
  /** The share of the events that have it, 0 to 1. */
  readonly share: number;
  /** How much the estimate would rise; 0 for what TikTok needs for something else than matching. */
  readonly points: number;
  readonly text: string;
  readonly topic: Topic;
}

export interface GainsInput {
  readonly counts: CoverageCounts;
  readonly eventName: string;
  readonly eventSource: EventSource;
  /** False before delivery, when nothing is known about delays. */
  readonly isDelivered: boolean;
}

const advice: Readonly<Record<MatchWay, { readonly text: string; readonly topic: Topic }>> = {
  email: { text: 'send email: the address of the order or of the account', topic: 'person' },
  phone: { text: 'send phone: with its country code, or with the country beside it', topic: 'person' },
  ttclid: {
    text: 'send ttclid: keep the click id of the landing page, and send it with the order',
    topic: 'browser',
  },
  device_id: { text: 'send idfa or gaid: the advertising id of the device', topic: 'person' },
  lead_id: { text: 'send lead.lead_id: the id that TikTok gave the lead', topic: 'person' },
  external_id: { text: 'send external_id: your own id of the customer', topic: 'person' },
  ttp: { text: 'send ttp: the value of the _ttp cookie that the pixel sets', topic: 'browser' },
  ip_user_agent: {
    text: 'send ip and user_agent together: those of the visitor, not of your server',
    topic: 'browser',
  },
};

const mostMatchGains = 2;
/** Less than this is not worth a change. */
const leastPoints = 0.1;

/** @returns the one or two changes that raise the estimate most, then what else TikTok misses */
export function gainsOf(input: GainsInput): Gain[] {
  if ((input.counts.events ?? 0) <= 0) return [];
  return [...matchGains(input), ...otherGains(input)];
}

function matchGains({ counts, eventSource }: GainsInput): Gain[] {
  return matchWaysOf(eventSource)
    .map((way) => {
      const share = matchShare(counts, way);
      const points = Math.max(0, matchWeights[way].reach - share) * pointsOf(way, eventSource);
      return { field: way, share, points, ...advice[way] };
    })
    .filter(({ points }) => points >= leastPoints)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, mostMatchGains);
}

interface Need {
  readonly count: CoverageCount;
  /** Below this share it is a gain. */
  readonly enough: number;
  readonly appliesTo: (input: GainsInput) => boolean;
  readonly text: string;
  readonly topic: Topic;
}

const purchases: ReadonlySet<string> = new Set(['Purchase', 'CompletePayment', 'PlaceAnOrder']);
/** The events for which TikTok recommends content ids (supported-standard-events). */
const productEvents: ReadonlySet<string> = new Set([...purchases, 'AddToCart', 'ViewContent']);

const needs: readonly Need[] = [
  {
    count: 'value',
    enough: 0.98,
    appliesTo: ({ eventName }) => purchases.has(eventName),
    text: 'send value and currency: without them TikTok cannot optimize for the value of orders',
    topic: 'order',
  },
  {
    count: 'content_ids',
    // TikTok asks for a catalog match rate above 90 %.
    enough: 0.9,
    appliesTo: ({ eventName }) => productEvents.has(eventName),
    text: 'send content_ids, or contents with content_id: catalog and video shopping ads need them',
    topic: 'order',
  },
  {
    count: 'own_id',
    // TikTok warns of "Event ID mismatch" below a deduplication rate of 80 %.
    enough: 0.8,
    appliesTo: ({ eventSource }) => eventSource === 'web',
    text: 'send event_id, the one the pixel sends: without it both copies of a conversion count',
    topic: 'id',
  },
  {
    count: 'in_time',
    enough: 0.95,
    // The pixel, whose copy TikTok merges with ours for 5 minutes, exists on the web only.
    appliesTo: ({ eventSource, isDelivered }) => isDelivered && eventSource === 'web',
    text: 'send events when they happen: after 5 minutes TikTok drops a second copy with its match keys',
    topic: 'time',
  },
];

const otherGains = (input: GainsInput): Gain[] =>
  needs
    .filter(({ appliesTo }) => appliesTo(input))
    .map(({ count, enough, text, topic }) => ({
      field: count,
      share: shareOf(input.counts, count),
      points: 0,
      text,
      topic,
      enough,
    }))
    .filter(({ share, enough }) => share < enough)
    .map(({ enough: _, ...gain }) => gain);
