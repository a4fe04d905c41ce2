/** The metrics that alarms and dashboard read, defined once, so that both show the same numbers. */
import {
  deadLetterQueueName,
  functionLogGroup,
  metricNamespace,
  queueName,
  serviceName,
} from '../lib/config/names.ts';
import type { MetricName } from '../lib/telemetry/telemetry.ts';
import { ref } from './cloudformation.ts';
import { compiled, type FunctionName, lambdaName } from './names.ts';

type Statistic = 'Sum' | 'Maximum' | 'p95' | 'p99';
type DimensionValue = string | { readonly Ref: string };

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: Statistic;
  readonly dimensions: Readonly<Record<string, DimensionValue>>;
}

/** A metric that the functions write; the type allows only names that they really write. */
export const own = (stageName: string, name: MetricName, statistic: Statistic = 'Sum'): Metric => ({
  namespace: metricNamespace,
  name,
  statistic,
  dimensions: { service: serviceName, stage: stageName },
});

export const queue = (stageName: string, name: string, statistic: Statistic): Metric => ({
  namespace: 'AWS/SQS',
  name,
  statistic,
  dimensions: { QueueName: queueName(stageName) },
});

export const deadLetters = (stageName: string): Metric => ({
  namespace: 'AWS/SQS',
  name: 'ApproximateNumberOfMessagesVisible',
  statistic: 'Maximum',
  dimensions: { QueueName: deadLetterQueueName(stageName) },
});

export const lambda = (stageName: string, of: FunctionName, name: string, statistic: Statistic): Metric => ({
  namespace: 'AWS/Lambda',
  name,
  statistic,
  dimensions: { FunctionName: lambdaName(stageName, of) },
});

export const account = (name: string): Metric => ({
  namespace: 'AWS/Lambda',
  name,
  statistic: 'Maximum',
  dimensions: {},
});

export const api = (name: string, statistic: Statistic): Metric => ({
  namespace: 'AWS/ApiGateway',
  name,
  statistic,
  dimensions: { ApiId: ref(compiled.api) },
});

/**
 * Requests that API Gateway answered 429, counted by a filter on its access log: its own metrics only count all 4xx
 * together, and such requests reach no function. A filter cannot add the stage as a dimension, so it is in the namespace.
 */
export const throttledRequests = (stageName: string): Metric => ({
  namespace: `${metricNamespace}/${stageName}`,
  name: 'RequestsThrottled',
  statistic: 'Sum',
  dimensions: {},
});

export const logMetric = (
  stageName: string,
  of: FunctionName,
  name: 'EMFParsingErrors' | 'EMFValidationErrors',
): Metric => ({
  namespace: 'AWS/Logs',
  name,
  statistic: 'Sum',
  dimensions: { LogGroupName: functionLogGroup(stageName, of) },
});
