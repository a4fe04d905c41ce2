/** Alarms and charts read the metrics exactly as the functions write them: a wrong dimension would be silence. */
import { expect, test, vi } from 'vitest';
import { createTelemetry, type MetricName, metricUnits } from '../../../lib/telemetry/telemetry.ts';
import { firstRow } from '../../../stack/dashboard/first-row.ts';
import { fullStageFile } from '../full-stage.ts';
import { packageStage } from '../package-stage.ts';
import { ofType } from '../template.ts';

interface EmbeddedMetrics {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/** The series that one count creates: `namespace name dimension,dimension`. */
function seriesOf(name: MetricName): string[] {
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'tiktok-events');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'TikTokEvents');
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const telemetry = createTelemetry('prod');
  telemetry.count(name);
  telemetry.flush();
  write.mockRestore();
  vi.unstubAllEnvs();
  return lines.flatMap((line) =>
    (JSON.parse(line) as EmbeddedMetrics)._aws.CloudWatchMetrics.flatMap(
      ({ Namespace, Dimensions, Metrics }) =>
        Metrics.flatMap(({ Name }) =>
          Dimensions.map((set) => `${Namespace} ${Name} ${[...set].sort().join()}`),
        ),
    ),
  );
}

test('a metric is one series, because CloudWatch charges for each combination of dimensions', () => {
  expect(seriesOf('EventsParked')).toEqual(['TikTokEvents EventsParked service,stage']);
});

interface WatchedMetric {
  readonly Namespace?: string;
  readonly MetricName: MetricName;
  readonly Dimensions: readonly { readonly Name: string }[];
}

/** Those of ours that an alarm reads, alone or as part of a share. */
function metricsOf(alarm: Readonly<Record<string, unknown>>): WatchedMetric[] {
  const queries = (alarm.Metrics ?? []) as { readonly MetricStat?: { readonly Metric: WatchedMetric } }[];
  const all = [
    alarm as unknown as WatchedMetric,
    ...queries.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []),
  ];
  return all.filter(({ Namespace }) => Namespace === 'TikTokEvents');
}

test('every alarm on a metric of ours reads a series that the functions write', async () => {
  const alarms = ofType(await packageStage('prod'), 'AWS::CloudWatch::Alarm');
  const watched = alarms.flatMap(([, { Properties }]) => metricsOf(Properties));
  expect(watched.map(({ MetricName }) => MetricName)).toEqual(
    expect.arrayContaining(['EventsHeld', 'EventsRetried', 'EventsParked', 'EventsRejected']),
  );
  for (const { MetricName, Dimensions } of watched) {
    const dimensions = Dimensions.map(({ Name }) => Name).sort();
    expect(seriesOf(MetricName)).toContain(`TikTokEvents ${MetricName} ${dimensions.join()}`);
  }
});

test('an alarm or the first row of the dashboard reads every metric: CloudWatch charges for each one', async () => {
  // With a collector, whose metrics no other stage writes.
  const alarms = ofType(await packageStage('full', fullStageFile()), 'AWS::CloudWatch::Alarm');
  const watched = alarms.flatMap(([, { Properties }]) => metricsOf(Properties)).map((one) => one.MetricName);
  const drawn = firstRow('prod').flatMap(({ lines }) =>
    lines.flatMap(([, of]) => ('whole' in of ? [of.whole.name, of.missed.name] : [of.name])),
  );
  const read = new Set<string>([...watched, ...drawn]);
  expect(Object.keys(metricUnits).filter((name) => !read.has(name))).toEqual([]);
});

test('no alarm pays for a metric twice', async () => {
  for (const [id, { Properties }] of ofType(await packageStage('prod'), 'AWS::CloudWatch::Alarm')) {
    const queries = (Properties.Metrics ?? []) as { readonly MetricStat?: { readonly Metric: unknown } }[];
    const read = queries.flatMap(({ MetricStat }) => (MetricStat ? [JSON.stringify(MetricStat.Metric)] : []));
    expect(new Set(read).size, id).toBe(read.length);
  }
});

test('an outage of TikTok rings although the age of the queue leaves out what waits for its next attempt', async () => {
  const alarm = (await packageStage('prod')).Resources.AlarmRetriedEvents?.Properties ?? {};
  expect(metricsOf(alarm).map(({ MetricName }) => MetricName)).toEqual(['EventsRetried', 'EventsDelivered']);
});
