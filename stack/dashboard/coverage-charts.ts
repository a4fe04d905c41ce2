/** How well TikTok can match what was delivered: the sums of the coverage lines. */
import type { CoverageCount } from '../../lib/journal/line.ts';
import { type LogChart, lines, logGroupsOf, table, wide } from './log-chart.ts';

/** The columns after the number of events. A new count of coverage does not compile until it has one. */
const coverageColumns: Readonly<Record<Exclude<CoverageCount, 'events'>, true>> = {
  email: true,
  hashed_email: true,
  phone: true,
  hashed_phone: true,
  external_id: true,
  hashed_external_id: true,
  ttclid: true,
  ttp: true,
  idfa: true,
  gaid: true,
  ip_user_agent: true,
  lead_id: true,
  value: true,
  content_ids: true,
  own_id: true,
  in_time: true,
};

export function coverageCharts(stage: string): LogChart[] {
  const deliver = logGroupsOf(stage, 'deliver');
  const columns = Object.keys(coverageColumns).map(
    (name) => `100 * sum(${name}) / sum(events) as \`${name} %\``,
  );
  return [
    wide(
      table(
        'Coverage: percent of the delivered events with each match key, a value, content ids, an id of the sender, and in time',
        deliver,
        [
          'filter message = "coverage"',
          `stats sum(events) as events_delivered, ${columns.join(', ')} by source, event_name`,
          'sort events_delivered desc',
        ],
      ),
    ),
    lines("Delivered within TikTok's 5 minutes, percent", deliver, [
      'filter message = "coverage"',
      'stats 100 * sum(in_time) / sum(events) as in_time_percent by bin(1h)',
    ]),
  ];
}
