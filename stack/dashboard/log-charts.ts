/**
 * What the dashboard reads from the journal with CloudWatch Logs Insights. A query costs only when somebody looks, and a
 * metric costs $0.30 a month for each reason or match key that occurs.
 */
import { operatorLogGroup } from '../../lib/config/names.ts';
import { accessLogGroupName, type FunctionName, functionsOf } from '../names.ts';
import { coverageCharts } from './coverage-charts.ts';
import { type LogChart, lines, logGroupsOf, percentiles, table, wide } from './log-chart.ts';

/** @param functions of the stage: a query must not name a log group that does not exist */
export function logCharts(
  stage: string,
  functions: readonly FunctionName[] = functionsOf({}),
): readonly LogChart[] {
  return [
    ...received(stage),
    ...(functions.includes('collect') ? [collected(stage)] : []),
    ...delivery(stage),
    ...coverageCharts(stage),
    ...troubles(stage, functions),
  ];
}

const collected = (stage: string): LogChart =>
  table('Posts of browsers, by the first reason to skip', logGroupsOf(stage, 'collect'), [
    'filter message = "events collected"',
    'stats count(*) as posts, sum(accepted) as events_accepted, sum(rejected) as events_skipped by reason',
    'sort posts desc',
  ]);

function received(stage: string): LogChart[] {
  const doors = logGroupsOf(stage, 'ingest', 'webhook');
  return [
    table('Received: events by source', logGroupsOf(stage, 'ingest', 'webhook', 'deliver'), [
      'filter message in ["events received", "webhook received"]',
      'stats sum(accepted) as events_accepted, sum(rejected) as events_rejected, sum(not_queued) as events_not_queued by source',
      'sort events_accepted desc',
    ]),
    table('Rejected events of the API, by the first error of each post', logGroupsOf(stage, 'ingest'), [
      'filter message = "events received" and rejected > 0',
      'parse errors /^(?<first_error>[^@ ]+)/',
      'stats sum(rejected) as events_rejected, count(*) as posts by first_error',
      'sort events_rejected desc',
    ]),
    table('Webhooks that became no event, by reason', logGroupsOf(stage, 'webhook'), [
      'filter message = "webhook received" and ispresent(reason)',
      'stats count(*) as webhooks by source, reason, channel',
      'sort webhooks desc',
    ]),
    table('Warnings, by the first of each request', doors, [
      'filter message in ["events received", "webhook received"] and ispresent(warnings)',
      'parse warnings /^(?<first_warning>[^@ ]+)/',
      'stats count(*) as requests by source, first_warning',
      'sort requests desc',
    ]),
    table(
      'Requests answered 4xx and 5xx, by route',
      [accessLogGroupName(stage)],
      ['filter status like /^[45]/', 'stats count(*) as requests by route, status', 'sort requests desc'],
    ),
    lines('Time to answer POST /v1/events, ms', logGroupsOf(stage, 'ingest'), [
      'filter message = "events received"',
      `stats ${percentiles} by bin(5m)`,
    ]),
  ];
}

function delivery(stage: string): LogChart[] {
  const deliver = logGroupsOf(stage, 'deliver');
  return [
    table('Answers of TikTok', deliver, [
      'filter message = "tiktok answered"',
      'stats sum(`count`) as events_sent, count(*) as calls by destination, outcome, reason',
      'sort events_sent desc',
    ]),
    table('Events that wait, by reason', deliver, [
      'filter message = "message waits"',
      'stats sum(`count`) as attempts, max(@timestamp) as last_seen by destination, outcome, reason, detail',
      'sort last_seen desc',
    ]),
    table('Dead letters, by reason', deliver, [
      'filter message = "message parked"',
      'stats count(*) as letters by destination, outcome, reason, detail',
      'sort letters desc',
    ]),
    lines('Time to answer of TikTok, ms', deliver, [
      'filter message = "tiktok answered"',
      `stats ${percentiles} by bin(5m)`,
    ]),
    lines('Events in a call to TikTok', deliver, [
      'filter message = "tiktok answered"',
      'stats avg(`count`) as events_in_a_call by bin(1h)',
    ]),
    table(
      'Dead letters that operators replayed or discarded',
      [operatorLogGroup(stage)],
      [
        'filter message in ["message replayed", "message discarded"]',
        'stats count(*) as letters by message, destination, reason',
        'sort letters desc',
      ],
    ),
  ];
}

function troubles(stage: string, functions: readonly FunctionName[]): LogChart[] {
  const all = logGroupsOf(stage, ...functions);
  return [
    table('Errors of SQS and Secrets Manager', all, [
      'filter ispresent(aws_error)',
      'stats count(*) as lines, max(@timestamp) as last_seen by operation, aws_error',
      'sort last_seen desc',
    ]),
    table(
      'Bytes logged',
      [...all, accessLogGroupName(stage)],
      ['stats sum(strlen(@message)) as bytes, count(*) as lines by @log', 'sort bytes desc'],
    ),
    wide(
      table('Latest warnings and errors', all, [
        'filter level in ["WARN", "ERROR"]',
        'fields @timestamp, level, message, source, destination, outcome, reason, detail, aws_error, error',
        'sort @timestamp desc',
        'limit 50',
      ]),
    ),
  ];
}
