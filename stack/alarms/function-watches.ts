/** Alarms on the functions themselves, on their account, and on the metrics that they write. */
import type { StageSettings } from '../../lib/config/stage.ts';
import { account, lambda, logMetric, own } from '../metrics.ts';
import type { Watches } from './alarm.ts';

/** Functions that write metrics: two metrics each, and CloudWatch takes 10 metrics in an alarm on an expression. */
const metricWriters = ['ingest', 'webhook', 'deliver', 'oauth'] as const;

export function functionWatches({ alarms: at }: StageSettings, stage: string): Watches {
  return {
    'broken-metrics': {
      says: 'CloudWatch cannot read the metrics that the functions log, so other alarms stay silent.',
      runbook: 'broken-metrics',
      threshold: at.brokenMetrics,
      measure: {
        sum: metricWriters.flatMap((name) => [
          logMetric(stage, name, 'EMFParsingErrors'),
          logMetric(stage, name, 'EMFValidationErrors'),
        ]),
      },
    },
    'ingest-latency': {
      says: 'POST /v1/events is slow.',
      runbook: 'ingest-latency',
      threshold: at.ingestLatencyMs,
      periods: 3,
      measure: { metric: lambda(stage, 'ingest', 'Duration', 'p99') },
    },
    'deliver-errors': {
      says: 'The consumer crashed or ran out of time.',
      runbook: 'deliver-errors',
      threshold: at.deliverErrors,
      measure: { metric: lambda(stage, 'deliver', 'Errors', 'Sum') },
    },
    'deliver-throttles': {
      says: 'Lambda refused to run the consumer.',
      runbook: 'deliver-throttles',
      threshold: at.throttles,
      measure: { metric: lambda(stage, 'deliver', 'Throttles', 'Sum') },
    },
    // The next attempt repairs one error; three periods of them are a right, a key or a queue that is missing.
    'aws-errors': {
      says: 'SQS or Secrets Manager fails again and again.',
      runbook: 'aws-errors',
      threshold: at.awsErrors,
      periods: 3,
      measure: { metric: own(stage, 'AwsErrors') },
    },
    'account-concurrency': {
      says: 'The account nears its limit of concurrent Lambda runs.',
      runbook: 'account-concurrency',
      threshold: at.concurrentExecutions,
      measure: { metric: account('ConcurrentExecutions') },
    },
  };
}
