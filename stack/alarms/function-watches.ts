/** Alarms on the functions themselves, on their account, and on the metrics that they write. */
import type { StageSettings } from '../../lib/config/stage.ts';
import { account, lambda, logMetric, own } from '../metrics.ts';
import { functionsOf } from '../names.ts';
import type { Watches } from './alarm.ts';

export function functionWatches(settings: StageSettings, stage: string): Watches {
  const thresholds = settings.alarms;
  const functions = functionsOf(settings);
  return {
    // `deliver` represents all functions: one release gives all of them the same code that writes metrics, every event
    // passes it, and CloudWatch charges for each metric of an alarm.
    'broken-metrics': {
      problem: 'CloudWatch cannot read the metrics that the functions log, so other alarms stay silent.',
      runbook: 'broken-metrics',
      threshold: thresholds.brokenMetrics,
      measure: {
        sum: [
          logMetric(stage, 'deliver', 'EMFParsingErrors'),
          logMetric(stage, 'deliver', 'EMFValidationErrors'),
        ],
      },
    },
    'ingest-latency': {
      problem: 'POST /v1/events is slow.',
      runbook: 'ingest-latency',
      threshold: thresholds.ingestLatencyMs,
      periods: 3,
      measure: { metric: lambda(stage, 'ingest', 'Duration', 'p99') },
    },
    'deliver-errors': {
      problem: 'The consumer crashed or ran out of time.',
      runbook: 'deliver-errors',
      threshold: thresholds.deliverErrors,
      measure: { metric: lambda(stage, 'deliver', 'Errors', 'Sum') },
    },
    'deliver-throttles': {
      problem: 'Lambda refused to run the consumer.',
      runbook: 'deliver-throttles',
      threshold: thresholds.throttles,
      measure: { metric: lambda(stage, 'deliver', 'Throttles', 'Sum') },
    },
    // The requests of browsers are many: among them the share of `server-errors` would hide a broken API.
    ...(functions.includes('collect') && {
      'collect-errors': {
        problem: 'The collector crashed or ran out of time.',
        runbook: 'collect-errors',
        threshold: thresholds.collectErrors,
        measure: { metric: lambda(stage, 'collect', 'Errors', 'Sum') },
      },
    }),
    // Lambda repeats a crashed run twice. A run that fails without a crash has a notice of its own.
    ...(functions.includes('sync') && {
      'sync-errors': {
        problem: 'A scheduled sync crashed or ran out of time.',
        runbook: 'sync-errors',
        threshold: thresholds.syncErrors,
        measure: { metric: lambda(stage, 'sync', 'Errors', 'Sum') },
      },
    }),
    // A retry fixes a single error; errors in three periods mean that a permission, a key or a queue is missing.
    'aws-errors': {
      problem: 'Calls to SQS or Secrets Manager keep failing.',
      runbook: 'aws-errors',
      threshold: thresholds.awsErrors,
      periods: 3,
      measure: { metric: own(stage, 'AwsErrors') },
    },
    'account-concurrency': {
      problem: 'The account is close to its limit of concurrent Lambda runs.',
      runbook: 'account-concurrency',
      threshold: thresholds.concurrentExecutions,
      measure: { metric: account('ConcurrentExecutions') },
    },
  };
}
