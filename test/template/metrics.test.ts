/** Alarms and charts read the metrics exactly as the functions write them: a wrong dimension would be silence. */
import { expect, test, vi } from 'vitest';
import { createTelemetry, type Dimensions, type MetricName } from '../../lib/observability/telemetry.ts';
import { packageStage } from './package-stage.ts';
import { ofType } from './template.ts';

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
function seriesOf(name: MetricName, dimensions?: Dimensions): string[] {
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'tiktok-events');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'TikTokEvents');
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const telemetry = createTelemetry('prod');
  telemetry.count(name, 1, dimensions);
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

test('a metric counted with a dimension exists with it, for charts, and without it, for alarms', () => {
  expect(seriesOf('EventsParked', { reason: 'expired' })).toEqual(
    expect.arrayContaining([
      'TikTokEvents EventsParked service,stage',
      'TikTokEvents EventsParked reason,service,stage',
    ]),
  );
});

test('every alarm on a metric of ours reads a series that the functions write', async () => {
  const alarms = ofType(await packageStage('prod'), 'AWS::CloudWatch::Alarm');
  const text = JSON.stringify(alarms.map(([, { Properties }]) => Properties));
  const read = [...text.matchAll(/"MetricName":"([A-Za-z.]+)"/g)].map(([, name]) => name);
  expect(read).toEqual(
    expect.arrayContaining(['EventsHeld', 'EventsParked', 'EventsRejected', 'EventsPartial']),
  );
  for (const [, { Properties }] of alarms) {
    if (Properties.Namespace !== 'TikTokEvents') continue;
    const dimensions = (Properties.Dimensions as { Name: string; Value: string }[])
      .map(({ Name }) => Name)
      .sort();
    const series = `TikTokEvents ${String(Properties.MetricName)} ${dimensions.join()}`;
    expect(seriesOf(Properties.MetricName as MetricName)).toContain(series);
  }
});
