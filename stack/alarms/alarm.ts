/** The kinds of alarms: on a metric, a sum of metrics, a share in percent, traffic outside its usual band, and silence. */
import { type Resource, ref } from '../cloudformation.ts';
import type { Metric } from '../metrics.ts';
import { alarmName } from '../names.ts';

export interface Watch {
  /** The problem in one sentence; the alarm's description adds the runbook section. */
  readonly problem: string;
  /** Section of docs/operations.md with the steps to take. */
  readonly runbook: string;
  readonly threshold: number;
  /** Periods of 5 minutes, or hours of silence, in a row before it fires. */
  readonly periods?: number;
  /** Keeps the alarm's state while there is no data; a share always does. */
  readonly keepsState?: true;
  readonly measure:
    | { readonly metric: Metric }
    | { readonly sum: readonly Metric[] }
    | { readonly part: readonly Metric[]; readonly whole: readonly Metric[] }
    | { readonly usual: Metric }
    | { readonly silent: Metric };
}

/** The alarms by the last part of their name. */
export type Watches = Readonly<Record<string, Watch>>;

const periodSeconds = 300;
const hourSeconds = 3600;

export function alarm(stageName: string, name: string, watch: Watch, notify: boolean): Resource {
  const topic = ref('AlarmTopic');
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: alarmName(stageName, name),
      AlarmDescription: `${watch.problem} Runbook: docs/operations.md#${watch.runbook}`,
      ActionsEnabled: notify,
      AlarmActions: [topic],
      OKActions: [topic],
      EvaluationPeriods: watch.periods ?? 1,
      TreatMissingData: missingData(watch),
      ...measured(watch),
    },
  };
}

/** A share without requests is neither good nor bad: if it counted as good, the alarm would clear during an outage. */
function missingData({ measure, keepsState }: Watch) {
  if ('silent' in measure) return 'breaching';
  return 'part' in measure || keepsState ? 'ignore' : 'notBreaching';
}

function measured(watch: Watch) {
  const { measure } = watch;
  if ('metric' in measure) return { ...above(watch), ...watched(measure.metric, periodSeconds) };
  if ('silent' in measure) return { ...below(watch), ...watched(measure.silent, hourSeconds) };
  if ('usual' in measure) return unusual(measure.usual, watch.threshold);
  if ('sum' in measure) return { ...above(watch), Metrics: total(measure.sum) };
  return { ...above(watch), Metrics: share(measure.part, measure.whole) };
}

const watched = (metric: Metric, period: number) => ({
  Namespace: metric.namespace,
  MetricName: metric.name,
  Dimensions: dimensions(metric),
  Period: period,
  ...statistic(metric),
});

const above = ({ threshold }: Watch) => ({
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Threshold: threshold,
});

const below = ({ threshold }: Watch) => ({
  ComparisonOperator: 'LessThanThreshold',
  Threshold: threshold,
});

/**
 * CloudWatch expects percentiles in a separate field. With few samples they mean nothing (AWS asks for 1,000 for p99),
 * so the alarm then keeps its state.
 */
function statistic(metric: Metric) {
  return metric.statistic.startsWith('p')
    ? { ExtendedStatistic: metric.statistic, EvaluateLowSampleCountPercentile: 'ignore' }
    : { Statistic: metric.statistic };
}

/**
 * In percent. A period without data divides by zero, and CloudWatch drops the point. The alarm sees missing data instead
 * of a 0, which would count as recovered. FILL replaces a single summand that is missing.
 */
function share(part: readonly Metric[], whole: readonly Metric[]) {
  // CloudWatch charges for each metric that an alarm reads, so one that is part and whole is read once.
  const read = [...new Set([...part, ...whole])];
  return [
    result('percent', `100 * (${sumOf(part, read)}) / (${sumOf(whole, read)})`),
    ...read.map((metric, index) => query(idOf(index), metric)),
  ];
}

const total = (summands: readonly Metric[]) => [
  result('total', sumOf(summands, summands)),
  ...summands.map((metric, index) => query(idOf(index), metric)),
];

const result = (id: string, expression: string) => ({
  Id: id,
  Expression: expression,
  Label: id,
  ReturnData: true,
});

const idOf = (index: number) => `m${index}`;

/** @param read all metrics of the alarm, which give the summands their ids */
const sumOf = (summands: readonly Metric[], read: readonly Metric[]) =>
  summands.map((metric) => `FILL(${idOf(read.indexOf(metric))}, 0)`).join(' + ');

function unusual(metric: Metric, deviations: number) {
  return {
    ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
    ThresholdMetricId: 'band',
    Metrics: [
      { Id: 'band', Expression: `ANOMALY_DETECTION_BAND(usual, ${deviations})`, ReturnData: true },
      { ...query('usual', metric), ReturnData: true },
    ],
  };
}

const query = (id: string, metric: Metric) => ({
  Id: id,
  ReturnData: false,
  MetricStat: {
    Metric: { Namespace: metric.namespace, MetricName: metric.name, Dimensions: dimensions(metric) },
    Period: periodSeconds,
    Stat: metric.statistic,
  },
});

const dimensions = (metric: Metric) =>
  Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value }));
