/** Sums of coverage for the chosen source and event, as bars. */
import type { QualityAnswer } from '../../api.ts';

type Coverage = QualityAnswer['rows'][number];
type Count = keyof Coverage['counts'];

export interface Bar {
  readonly key: Count;
  readonly label: string;
  readonly count: number;
  /** 0 to 1. */
  readonly share: number;
}

export interface Summed {
  readonly events: number;
  /** The average of the scores, weighted by events: 0 to 10. */
  readonly score: number;
  readonly matchKeys: readonly Bar[];
  readonly others: readonly Bar[];
}

interface Named {
  readonly key: Count;
  readonly label: string;
  /** The count of events with its digest alone: TikTok matches them as well. */
  readonly digest?: Count;
  /** Shown without a single event too: its absence is the news. */
  readonly isAlwaysShown?: true;
}

const matchKeys: readonly Named[] = [
  { key: 'email', label: 'E-mail', digest: 'hashed_email', isAlwaysShown: true },
  { key: 'phone', label: 'Phone', digest: 'hashed_phone', isAlwaysShown: true },
  { key: 'external_id', label: 'External id', digest: 'hashed_external_id', isAlwaysShown: true },
  { key: 'ttclid', label: 'Click id (ttclid)', isAlwaysShown: true },
  { key: 'ttp', label: 'Browser id (_ttp)', isAlwaysShown: true },
  { key: 'ip_user_agent', label: 'IP and user agent', isAlwaysShown: true },
  { key: 'idfa', label: 'Apple advertising id' },
  { key: 'gaid', label: 'Google advertising id' },
  { key: 'lead_id', label: 'Lead id' },
];

const others: readonly Named[] = [
  { key: 'value', label: 'Value', isAlwaysShown: true },
  { key: 'content_ids', label: 'Content ids', isAlwaysShown: true },
  { key: 'own_id', label: 'Own event id', isAlwaysShown: true },
  { key: 'in_time', label: 'Within 5 minutes', isAlwaysShown: true },
];

export function sumCoverage(rows: readonly Coverage[], source: string, name: string): Summed {
  const chosen = rows.filter(
    (row) => (source === '' || row.source === source) && (name === '' || row.name === name),
  );
  const total = (key: Count) => chosen.reduce((sum, { counts }) => sum + (counts[key] ?? 0), 0);
  const events = total('events');
  const weighted = chosen.reduce((sum, { counts, score }) => sum + score * (counts.events ?? 0), 0);
  const bars = (named: readonly Named[]): readonly Bar[] =>
    named
      .map(({ key, digest, ...shown }) => ({
        ...shown,
        key,
        count: total(key) + (digest === undefined ? 0 : total(digest)),
      }))
      .filter(({ count, isAlwaysShown }) => isAlwaysShown === true || count > 0)
      .map(({ key, label, count }) => ({ key, label, count, share: events === 0 ? 0 : count / events }));
  return {
    events,
    score: events === 0 ? 0 : weighted / events,
    matchKeys: bars(matchKeys),
    others: bars(others),
  };
}

/** Names that other rows know and the page does not would vanish; the values of a filter, each once, in order. */
export const valuesOf = (rows: readonly Coverage[], key: 'source' | 'name'): readonly string[] =>
  [...new Set(rows.map((row) => row[key]))].sort();
