/** The quality of the events of a stage: coverage by source and event, the estimate, and what would gain most. */
import type { EventSource } from '../../lib/events/destination.ts';
import { type CoverageCounts, shareOf, sumCoverage } from '../../lib/journal/coverage.ts';
import { type Gain, gainsOf } from '../../lib/journal/gains.ts';
import { estimateQuality, matchShare, matchWaysOf } from '../../lib/journal/match-quality.ts';
import { guideFor, type SourceKind } from './guides.ts';

/** Counts of events with one source, name and destination; several entries may have the same. */
export interface Coverage {
  readonly source: string;
  /** `custom` for every name that neither TikTok nor the stage file knows. */
  readonly name: string;
  readonly destination: string;
  readonly counts: CoverageCounts;
}

export interface QualityGain extends Omit<Gain, 'topic'> {
  /** Page and heading below the root of the project. */
  readonly guide: string;
}

/** Shares are 0 to 1. */
export interface QualityRow {
  readonly source: string;
  readonly event: string;
  readonly event_source: EventSource;
  readonly events: number;
  /** Estimate of TikTok's match quality, 0 to 10. */
  readonly estimate: number;
  readonly value: number;
  readonly content_ids: number;
  readonly own_id: number;
  /** null before delivery. */
  readonly in_time: number | null;
  /** By match key, strongest first; only the keys that the event source takes. */
  readonly match_keys: Readonly<Record<string, number>>;
  readonly counts: CoverageCounts;
  readonly gains: readonly QualityGain[];
}

export interface QualityContext {
  readonly eventSourceOf: (destination: string) => EventSource;
  readonly kindOf: (source: string) => SourceKind;
  readonly isDelivered: boolean;
}

/** @returns a row for each source, event and event source, those with the most events first */
export function qualityRows(coverage: readonly Coverage[], context: QualityContext): QualityRow[] {
  const keyOf = ({ source, name, destination }: Coverage): string =>
    JSON.stringify([source, name, context.eventSourceOf(destination)]);
  return [...sumCoverage(coverage, keyOf).values()]
    .filter(({ counts }) => (counts.events ?? 0) > 0)
    .map(({ first, counts }) => toRow(first, counts, context))
    .toSorted((a, b) => b.events - a.events || a.source.localeCompare(b.source));
}

function toRow(
  { source, name, destination }: Coverage,
  counts: CoverageCounts,
  { eventSourceOf, kindOf, isDelivered }: QualityContext,
): QualityRow {
  const eventSource = eventSourceOf(destination);
  const gains = gainsOf({ counts, eventName: name, eventSource, isDelivered });
  return {
    source,
    event: name,
    event_source: eventSource,
    events: counts.events ?? 0,
    estimate: rounded(estimateQuality(counts, eventSource) ?? 0, 1),
    value: rounded(shareOf(counts, 'value'), 4),
    content_ids: rounded(shareOf(counts, 'content_ids'), 4),
    own_id: rounded(shareOf(counts, 'own_id'), 4),
    in_time: isDelivered ? rounded(shareOf(counts, 'in_time'), 4) : null,
    match_keys: Object.fromEntries(
      matchWaysOf(eventSource).map((way) => [way, rounded(matchShare(counts, way), 4)]),
    ),
    counts,
    gains: gains.map(({ topic, share, points, ...gain }) => ({
      ...gain,
      share: rounded(share, 4),
      points: rounded(points, 1),
      guide: guideFor(kindOf(source), topic),
    })),
  };
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
