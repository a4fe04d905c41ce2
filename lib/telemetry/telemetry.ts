/**
 * Logs and metrics. Only the fields of an allow-list are logged, and only these metric names and dimensions exist, so
 * that logs contain no personal data and metrics no unbounded dimension.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MatchKey } from '../events/match-keys.ts';

/** Fields of log lines. `event` is the digest of an event's id: callers put e-mails and order numbers there. */
const loggable = [
  'accepted',
  'advertisers',
  'api_key',
  'aws_error',
  'calls',
  'count',
  'delivered',
  'destination',
  'channel',
  'detail',
  'duration_ms',
  'empty',
  'error',
  'event',
  'event_name',
  'fields',
  'held',
  'hint',
  'message_id',
  'not_queued',
  'omitted',
  'operation',
  'outcome',
  'parked',
  'reason',
  'receives',
  'rejected',
  'retried',
  'source',
  'stack',
  'stage',
  'stale',
  'status',
  'tiktok_request_id',
  'topic',
  'trace',
  'dry_run',
  'field',
] as const;

export type LogFields = Partial<Record<(typeof loggable)[number], string | number | boolean | undefined>>;

const units = {
  EventsAccepted: MetricUnit.Count,
  EventsRejected: MetricUnit.Count,
  EventsQueued: MetricUnit.Count,
  EventsNotQueued: MetricUnit.Count,
  EventsDelivered: MetricUnit.Count,
  EventsRetried: MetricUnit.Count,
  EventsHeld: MetricUnit.Count,
  EventsParked: MetricUnit.Count,
  EventsPartial: MetricUnit.Count,
  FieldsOmitted: MetricUnit.Count,
  IsolationCalls: MetricUnit.Count,
  TikTokCalls: MetricUnit.Count,
  TikTokLatency: MetricUnit.Milliseconds,
  BatchSize: MetricUnit.Count,
  DeliveryAge: MetricUnit.Milliseconds,
  WebhookEvents: MetricUnit.Count,
  WebhookSkipped: MetricUnit.Count,
  AuthFailures: MetricUnit.Count,
  AwsErrors: MetricUnit.Count,
} as const;

/** Number of delivered events with each match key: a measure of the quality of matching. */
type MatchKeyMetric = `MatchKeys.${MatchKey}`;

export type MetricName = keyof typeof units | MatchKeyMetric;

const unitOf = (name: MetricName) => (name in units ? units[name as keyof typeof units] : MetricUnit.Count);

/** Each combination is a separate metric: values come from closed lists or from the stage file. */
export type Dimensions = Partial<
  Record<'reason' | 'destination' | 'source' | 'field' | 'code' | 'operation', string>
>;

export interface Telemetry {
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
  /** Adds to a metric; with dimensions also to a separate line, because an alarm cannot sum over dimensions. */
  count(name: MetricName, value?: number, dimensions?: Dimensions): void;
  /** Writes the metrics of this invocation. */
  flush(): void;
}

/** @param stage becomes a field of each line and a dimension of each metric */
export function createTelemetry(stage: string): Telemetry {
  const logger = new Logger({ persistentKeys: { stage }, jsonReplacerFn: withoutSampling });
  const metrics = new Metrics({ defaultDimensions: { stage } });
  const log = (level: 'info' | 'warn' | 'error') => (message: string, fields: LogFields) =>
    logger[level](message, allowed(fields));
  return {
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    count(name, value = 1, dimensions) {
      metrics.addMetric(name, unitOf(name), value);
      if (dimensions === undefined) return;
      const single = metrics.singleMetric();
      for (const [key, text] of Object.entries(dimensions)) single.addDimension(key, text);
      single.addMetric(name, unitOf(name), value);
    },
    flush: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}

/** The library writes the rate into each line, and it is always 0 here. */
const withoutSampling = (key: string, value: unknown): unknown =>
  key === 'sampling_rate' ? undefined : value;

function allowed(fields: LogFields): LogFields {
  const kept: LogFields = {};
  for (const name of loggable) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept;
}
