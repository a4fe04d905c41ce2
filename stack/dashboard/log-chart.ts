/** Tables and lines that CloudWatch Logs Insights draws from log lines. */
import { functionLogGroup } from '../../lib/config/names.ts';
import type { FunctionName } from '../names.ts';

export interface LogChart {
  readonly title: string;
  /** Log groups. */
  readonly sources: readonly string[];
  /** Commands of Logs Insights, without `SOURCE`. */
  readonly query: readonly string[];
  /** `timeSeries` needs `bin` as the only group. */
  readonly view: 'table' | 'timeSeries';
  /** Of the 24 columns of a dashboard. */
  readonly width: 8 | 24;
}

type Of = Pick<LogChart, 'title' | 'sources' | 'query'>;

export const table = (title: string, sources: Of['sources'], query: Of['query']): LogChart => ({
  title,
  sources,
  query,
  view: 'table',
  width: 8,
});

export const wide = (chart: LogChart): LogChart => ({ ...chart, width: 24 });

export const lines = (title: string, sources: Of['sources'], query: Of['query']): LogChart => ({
  ...table(title, sources, query),
  view: 'timeSeries',
});

export const logGroupsOf = (stage: string, ...names: readonly FunctionName[]): readonly string[] =>
  names.map((name) => functionLogGroup(stage, name));

/** Of the time that a request or a call took. */
export const percentiles =
  'pct(duration_ms, 50) as p50, pct(duration_ms, 95) as p95, pct(duration_ms, 99) as p99';
