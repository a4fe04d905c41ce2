/** The three forms of alarm: a metric, a share of two metrics in percent, and traffic outside its usual band. */
import { type Resource, ref } from './cloudformation.ts';
import type { Metric } from './metrics.ts';

export interface Watch {
  /** What is wrong, in one sentence; the runbook section is added. */
  readonly says: string;
  /** Section of docs/operations.md that tells what to do. */
  readonly runbook: string;
  readonly threshold: number;
  /** Periods of 5 minutes in a row before it fires. */
  readonly periods?: number;
  readonly measure:
    | { readonly metric: Metric }
    | { readonly part: readonly Metric[]; readonly whole: readonly Metric[] }
    | { readonly usual: Metric };
}

const periodSeconds = 300;

export function alarm(stageName: string, name: string, watch: Watch, notify: boolean): Resource {
  const topic = ref('AlarmTopic');
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `tiktok-events-${stageName}-${name}`,
      AlarmDescription: `${watch.says} Runbook: docs/operations.md#${watch.runbook}`,
      ActionsEnabled: notify,
      AlarmActions: [topic],
      OKActions: [topic],
      EvaluationPeriods: watch.periods ?? 1,
      TreatMissingData: 'notBreaching',
      ...measured(watch),
    },
  };
}

function measured(watch: Watch) {
  const { measure } = watch;
  if ('metric' in measure) {
    return {
      ...above(watch),
      Namespace: measure.metric.namespace,
      MetricName: measure.metric.name,
      Dimensions: dimensions(measure.metric),
      Period: periodSeconds,
      ...statistic(measure.metric),
    };
  }
  if ('usual' in measure) return unusual(measure.usual, watch.threshold);
  return { ...above(watch), Metrics: share(measure.part, measure.whole) };
}

const above = ({ threshold }: Watch) => ({
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Threshold: threshold,
});

/** CloudWatch takes percentiles in a field of their own. */
function statistic(metric: Metric) {
  return metric.statistic.startsWith('p')
    ? { ExtendedStatistic: metric.statistic }
    : { Statistic: metric.statistic };
}

function share(part: readonly Metric[], whole: readonly Metric[]) {
  const ids = (prefix: string, metrics: readonly Metric[]) =>
    metrics.map((metric, index) => query(`${prefix}${index}`, metric));
  const sum = (prefix: string, metrics: readonly Metric[]) =>
    metrics.map((_, index) => `FILL(${prefix}${index}, 0)`).join(' + ');
  const total = sum('whole', whole);
  return [
    {
      Id: 'percent',
      Expression: `IF((${total}) > 0, 100 * (${sum('part', part)}) / (${total}), 0)`,
      Label: 'percent',
      ReturnData: true,
    },
    ...ids('part', part),
    ...ids('whole', whole),
  ];
}

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
