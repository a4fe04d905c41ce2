/** What an operator of a slow shop sees: an outage turns its alarm red once, and only proof of recovery turns it back. */
import { describe, expect, test } from 'vitest';
import { readStage } from '../../../lib/config/read-stage.ts';
import { compileStage } from '../../../stack/compile.ts';
import { compiledWith } from '../full-stage.ts';
import { type AlarmProperties, type Series, statesOf } from './alarm-model.ts';
import { type MissingOperand, metricMath } from './metric-math.ts';

const prod = readStage('prod');
const { resources } = await compileStage(prod, 'prod');
const alarmOf = (id: string, from = resources): AlarmProperties =>
  from.Resources[id]?.Properties as unknown as AlarmProperties;

const hour = 60;
const outage = { from: 12 * hour, to: 18 * hour };
const end = 36 * hour;

/** Minutes in which events are delivered and in which attempts fail, with the waits of the stage file. */
function slowShop(everyMinutes: number, jitter: number) {
  const delivered: number[] = [];
  const retried: number[] = [];
  const steps = prod.delivery.retryStepsSeconds;
  for (let arrival = 0; arrival < end; arrival += everyMinutes) {
    let at = arrival;
    for (let attempt = 0; at >= outage.from && at < outage.to; attempt += 1) {
      retried.push(at);
      at += ((steps[attempt] ?? steps.at(-1) ?? 0) * jitter) / 60;
    }
    delivered.push(at);
  }
  return { delivered, retried };
}

/** A function writes a metric only when it counts something. */
const countOf = (minutes: readonly number[], from: number, to: number) =>
  minutes.filter((minute) => minute >= from && minute < to).length || undefined;

const rules: readonly MissingOperand[] = ['zero', 'missing'];
const shops = [5, 10, 30, 60].flatMap((everyMinutes) =>
  [1, 1.2].flatMap((jitter) => rules.map((missing) => ({ everyMinutes, jitter, missing }))),
);

describe('an outage of TikTok of 6 hours', () => {
  test.each(shops)(
    'an outage of 6 hours turns retried-events red once with an event each $everyMinutes minutes, jitter $jitter, missing is $missing',
    ({ everyMinutes, jitter, missing }) => {
      const { delivered, retried } = slowShop(everyMinutes, jitter);
      const series: Series = (metric, from, to) =>
        countOf(metric === 'EventsRetried' ? retried : delivered, from, to);
      const changes = statesOf(alarmOf('AlarmRetriedEvents'), series, end, missing);
      expect(changes.map(({ state }) => state)).toEqual(['OK', 'ALARM', 'OK']);
      const [, red, green] = changes.map(({ minute }) => minute);
      expect(red).toBeGreaterThan(outage.from);
      expect(red).toBeLessThanOrEqual(outage.from + 30);
      expect(green).toBeGreaterThan(outage.to);
      expect(green).toBeLessThanOrEqual(outage.to + 30);
    },
  );

  test('an outage of 6 hours would turn the alarm red and back many times if a period without attempts counted as recovered', () => {
    const { delivered, retried } = slowShop(60, 1);
    const series: Series = (metric, from, to) =>
      countOf(metric === 'EventsRetried' ? retried : delivered, from, to);
    const alarm = { ...alarmOf('AlarmRetriedEvents'), TreatMissingData: 'notBreaching' };
    expect(statesOf(alarm, series, end).length).toBeGreaterThan(20);
  });
});

test('a share of nothing has no data point, and one of which all failed is 100', () => {
  for (const missing of rules) {
    const share = (part: number | undefined, other: number | undefined) =>
      metricMath(
        String(alarmOf('AlarmRetriedEvents').Metrics?.[0]?.Expression),
        new Map([
          ['m0', part],
          ['m1', other],
        ]),
        missing,
      );
    expect(share(undefined, undefined)).toBeUndefined();
    expect(share(3, undefined)).toBe(100);
    expect(share(undefined, 3)).toBe(0);
    expect(share(1, 3)).toBe(25);
  }
});

test('dead letters keep their alarm red after SQS stopped writing metrics of the idle queue', () => {
  const letterAt = 60;
  const lastMetricAt = letterAt + 6 * hour;
  const series: Series = (_metric, from) => (from > lastMetricAt ? undefined : Number(from >= letterAt));
  const states = statesOf(alarmOf('AlarmDeadLetters'), series, 24 * hour).map(({ state }) => state);
  expect(states).toEqual(['OK', 'ALARM']);
});

test('a stage without events for the hours of the stage file is reported once, with and without metrics of SQS', async () => {
  const { resources: small } = await compiledWith([['alarms', 'quietHours'], 8]);
  for (const silence of [undefined, 0]) {
    const lastEventAt = 10 * hour;
    const series: Series = (_metric, from, to) =>
      from <= lastEventAt ? (countOf([3 * hour, 8 * hour, lastEventAt], from, to) ?? 0) : silence;
    const changes = statesOf(alarmOf('AlarmNoEvents', small), series, 40 * hour).slice(-1);
    expect(changes).toMatchObject([{ state: 'ALARM' }]);
    expect(changes[0]?.minute).toBeGreaterThanOrEqual(lastEventAt + 8 * hour);
    expect(changes[0]?.minute).toBeLessThanOrEqual(lastEventAt + 11 * hour);
  }
});

test('a broken line of metrics is reported, and nothing else is', () => {
  const alarm = alarmOf('AlarmBrokenMetrics');
  const broken: Series = (metric, from) => (metric === 'EMFParsingErrors' && from === 100 ? 1 : undefined);
  for (const missing of rules) {
    expect(statesOf(alarm, () => undefined, 500, missing).map(({ state }) => state)).toEqual(['OK']);
    expect(statesOf(alarm, broken, 500, missing).map(({ state }) => state)).toEqual(['OK', 'ALARM', 'OK']);
  }
});

test.each(Object.entries(resources.Resources).filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm'))(
  '%s looks back no further than CloudWatch does',
  (_id, { Properties }) => {
    const { Period = 300, EvaluationPeriods } = Properties as unknown as AlarmProperties;
    expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period >= 3600 ? 7 * 86_400 : 86_400);
  },
);
