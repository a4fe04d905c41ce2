/**
 * Logs and metrics. Only the fields of an allow-list are logged, so that logs contain no personal data. Only metrics of a
 * closed list exist, with the stage as their one dimension, so that their price is known.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { type LogFields, loggableFields } from './log-fields.ts';

export type { LogFields };

/** The metrics: those that an alarm or the first row of the dashboard reads. CloudWatch charges for each one. */
export const metricUnits = {
  EventsAccepted: MetricUnit.Count,
  EventsRejected: MetricUnit.Count,
  EventsNotQueued: MetricUnit.Count,
  EventsCollected: MetricUnit.Count,
  EventsSkipped: MetricUnit.Count,
  EventsDelivered: MetricUnit.Count,
  EventsSlow: MetricUnit.Count,
  EventsLate: MetricUnit.Count,
  EventsRetried: MetricUnit.Count,
  EventsHeld: MetricUnit.Count,
  EventsParked: MetricUnit.Count,
  EventsPartial: MetricUnit.Count,
  TikTokLatency: MetricUnit.Milliseconds,
  AuthFailures: MetricUnit.Count,
  AwsErrors: MetricUnit.Count,
} as const;

export type MetricName = keyof typeof metricUnits;

export interface Telemetry {
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
  /** Adds to a metric. Call it only when there is something to count: CloudWatch charges for a metric that is always 0. */
  count(name: MetricName, value?: number): void;
  /** Writes the metrics of this invocation. */
  flush(): void;
}

/** @param stage becomes a field of each line and a dimension of each metric */
export function createTelemetry(stage: string): Telemetry {
  const logger = new Logger({ persistentKeys: { stage }, jsonReplacerFn: withoutSampling });
  const metrics = new Metrics({ defaultDimensions: { stage } });
  const log = (level: 'info' | 'warn' | 'error') => (message: string, fields: LogFields) =>
    logger[level](message, loggableFields(fields));
  return {
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    count: (name, value = 1) => void metrics.addMetric(name, metricUnits[name], value),
    flush: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}

/** The library writes the rate into each line, and it is always 0 here. */
const withoutSampling = (key: string, value: unknown): unknown =>
  key === 'sampling_rate' ? undefined : value;
