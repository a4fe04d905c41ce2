/**
 * Estimates TikTok's match quality from coverage. TikTok's help calls it "a weighted average of all your match key
 * coverages" for each event (ads.us.tiktok.com/help/article/tiktok-events-manager-monitor-and-diagnose) and publishes no
 * weights, so the table below is ours and its result is an estimate.
 */
import type { EventSource } from '../events/destination.ts';
import { fields } from '../events/fields/table.ts';
import { forEachSource, isTakenBy, type MatchKey } from '../events/match-keys.ts';
import { type CoverageCounts, shareOf } from './coverage.ts';

/** One way to match a person: a key, or several that are worth the same, so that one is enough. */
export interface MatchWeight {
  readonly keys: readonly MatchKey[];
  /** What full coverage adds, compared with the other rows. */
  readonly weight: number;
  /** The share of a shop's events that can have it at best. Only the gains use it, the estimate does not. */
  readonly reach: number;
}

/**
 * The weights. They follow the order in which TikTok's setup guide names its match keys (how-to-set-up-matching-events-with-
 * events-api, February 2025). 3: names one account, or the very click. 2: names one person or browser, and TikTok must have
 * seen it before. 1: many people can share it. About a third of a shop's visitors come from an ad at best, so `ttclid` does
 * not reach further.
 */
export const matchWeights = {
  email: { keys: ['email', 'hashed_email'], weight: 3, reach: 1 },
  phone: { keys: ['phone', 'hashed_phone'], weight: 3, reach: 1 },
  ttclid: { keys: ['ttclid'], weight: 3, reach: 0.33 },
  device_id: { keys: ['idfa', 'gaid'], weight: 3, reach: 0.8 },
  lead_id: { keys: ['lead_id'], weight: 3, reach: 1 },
  external_id: { keys: ['external_id', 'hashed_external_id'], weight: 2, reach: 1 },
  ttp: { keys: ['ttp'], weight: 2, reach: 0.95 },
  ip_user_agent: { keys: ['ip_user_agent'], weight: 1, reach: 1 },
} as const satisfies Readonly<Record<string, MatchWeight>>;

export type MatchWay = keyof typeof matchWeights;

const isWay = (name: string): name is MatchWay => Object.hasOwn(matchWeights, name);

const takes = (source: EventSource, key: MatchKey): boolean => {
  if (key === 'ip_user_agent') return isTakenBy(source, fields.ip) && isTakenBy(source, fields.user_agent);
  return isTakenBy(source, key === 'lead_id' ? fields.lead : fields[key]);
};

const ways = forEachSource((source) =>
  Object.keys(matchWeights)
    .filter(isWay)
    .filter((way) => matchWeights[way].keys.some((key) => takes(source, key))),
);

/** The rows of the table that events of `source` can have, strongest first. */
export const matchWaysOf = (source: EventSource): readonly MatchWay[] => ways[source];

/** @returns the share of the events that have it, 0 to 1 */
export const matchShare = (counts: CoverageCounts, way: MatchWay): number =>
  shareOf(counts, ...matchWeights[way].keys);

const fullScore = 10;

/** How much the estimate rises for each part of coverage, from no event to all. */
export function pointsOf(way: MatchWay, source: EventSource): number {
  const total = ways[source].reduce((sum, each) => sum + matchWeights[each].weight, 0);
  return (fullScore * matchWeights[way].weight) / total;
}

/** @returns 0 to 10; undefined when there are no events */
export function estimateQuality(counts: CoverageCounts, source: EventSource): number | undefined {
  if ((counts.events ?? 0) <= 0) return undefined;
  return ways[source].reduce((sum, way) => sum + matchShare(counts, way) * pointsOf(way, source), 0);
}
