/**
 * CloudWatch's documented evaluation of an alarm: each minute it looks at the last periods, and at two more to make up
 * for missing ones. See "Configuring how CloudWatch alarms treat missing data" in AWS's guide.
 */
import { type MissingOperand, metricMath, type Point } from './metric-math.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

interface MetricQuery {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly MetricName: string } };
}

export interface AlarmProperties {
  readonly MetricName?: string;
  readonly Metrics?: readonly MetricQuery[];
  readonly Period?: number;
  readonly EvaluationPeriods: number;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData: string;
}

/** Name of a metric → its value in the minutes from `from` to before `to`; undefined where nothing was written. */
export type Series = (metric: string, from: number, to: number) => Point;

/** @returns each change of state, with the minute in which it happened */
export function statesOf(
  alarm: AlarmProperties,
  series: Series,
  minutes: number,
  missing: MissingOperand = 'missing',
): { minute: number; state: AlarmState }[] {
  const changes: { minute: number; state: AlarmState }[] = [];
  let state: AlarmState = 'INSUFFICIENT_DATA';
  const period = (alarm.Period ?? 300) / 60;
  for (let minute = 1; minute <= minutes; minute += 1) {
    const range = Array.from({ length: alarm.EvaluationPeriods + 2 }, (_, index) => {
      const to = minute - index * period;
      return pointOf(alarm, (metric) => series(metric, to - period, to), missing);
    });
    const next = stateAfter(alarm, range, state);
    if (next !== state) changes.push({ minute, state: next });
    state = next;
  }
  return changes;
}

function pointOf(alarm: AlarmProperties, pointIn: (metric: string) => Point, missing: MissingOperand): Point {
  if (alarm.MetricName !== undefined) return pointIn(alarm.MetricName);
  const queries = alarm.Metrics ?? [];
  const points = new Map(
    queries.map(({ Id, MetricStat }) => [Id, MetricStat && pointIn(MetricStat.Metric.MetricName)]),
  );
  const expression = queries.find(({ Expression }) => Expression !== undefined)?.Expression ?? '';
  return metricMath(expression, points, missing);
}

/** @param range the newest point first */
function stateAfter(alarm: AlarmProperties, range: readonly Point[], state: AlarmState): AlarmState {
  const real = range.filter((point) => point !== undefined).slice(0, alarm.EvaluationPeriods);
  const isFilledBreaching = alarm.TreatMissingData === 'breaching';
  if (real.some((point) => !isBreaching(alarm, point))) return 'OK';
  if (real.length === alarm.EvaluationPeriods || isFilledBreaching) return 'ALARM';
  if (alarm.TreatMissingData === 'notBreaching') return 'OK';
  if (alarm.TreatMissingData === 'ignore') return state;
  return real.length > 0 ? 'ALARM' : 'INSUFFICIENT_DATA';
}

function isBreaching({ ComparisonOperator, Threshold }: AlarmProperties, point: number): boolean {
  if (ComparisonOperator === 'LessThanThreshold') return point < Threshold;
  if (ComparisonOperator === 'GreaterThanOrEqualToThreshold') return point >= Threshold;
  throw new Error(`the model does not know ${ComparisonOperator}`);
}
