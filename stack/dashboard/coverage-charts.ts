/** How well TikTok can match what was delivered: the sums of the coverage lines. */
import { coverageCounts } from '../../lib/telemetry/log-fields.ts';
import { type LogChart, lines, logGroupsOf, table, wide } from './log-chart.ts';

export function coverageCharts(stage: string): LogChart[] {
  const deliver = logGroupsOf(stage, 'deliver');
  const columns = Object.keys(coverageCounts)
    .filter((name) => name !== 'events' && name !== 'test')
    .map((name) => `100 * sum(${name}) / sum(events) as \`${name} %\``);
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
