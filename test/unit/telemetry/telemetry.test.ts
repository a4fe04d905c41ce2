/** Only fields of the allow-list reach a log line; metrics are EMF lines with the stage as dimension. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  createTelemetry,
  type LogFields,
  type MetricName,
  metricUnits,
} from '../../../lib/telemetry/telemetry.ts';

const lines: string[] = [];
const write = (text: unknown) => {
  lines.push(String(text).replace(/\n$/, ''));
  return true;
};

beforeEach(() => {
  lines.length = 0;
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'tiktok-events');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'TikTokEvents');
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const parsed = () => lines.map((line) => JSON.parse(line));

test.each(['info', 'warn', 'error'] as const)(
  'logs at level %s with the fields, the stage and the service',
  (level) => {
    createTelemetry('prod')[level]('events received', { accepted: 2, trace: 't' });
    expect(parsed()).toMatchObject([
      {
        level: level.toUpperCase(),
        message: 'events received',
        accepted: 2,
        trace: 't',
        stage: 'prod',
        service: 'tiktok-events',
      },
    ]);
  },
);

test('logs no sampling rate of Powertools', () => {
  createTelemetry('prod').info('m', { reason: 'r' });
  expect(lines.join()).not.toContain('sampling_rate');
});

test('promise 5: drops log fields that are not on the allow-list', () => {
  createTelemetry('prod').info('m', { reason: 'r', email: 'canary' } as object as LogFields);
  expect(lines.join()).not.toContain('canary');
  expect(parsed()[0]).toMatchObject({ reason: 'r' });
});

test.each(['a\nb', '\u001b[31mred', '","level":"ERROR","x":"', '\u2028', '\u0000'])(
  'logs one line of JSON when a field contains %j',
  (reason) => {
    createTelemetry('prod').info('m', { reason });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(parsed()[0]).toMatchObject({ level: 'INFO', reason });
  },
);

const emf = () => parsed().filter((line) => '_aws' in line);

test('writes all metrics with their unit and stage on a flush', () => {
  const telemetry = createTelemetry('prod');
  telemetry.count('EventsAccepted', 2);
  telemetry.count('EventsAccepted');
  telemetry.count('TikTokLatency', 12.5);
  expect(emf()).toEqual([]);
  telemetry.flush();
  const [line] = emf();
  expect(line).toMatchObject({
    stage: 'prod',
    service: 'tiktok-events',
    EventsAccepted: [2, 1],
    TikTokLatency: 12.5,
  });
  const [{ Namespace, Metrics }] = line._aws.CloudWatchMetrics;
  expect(Namespace).toBe('TikTokEvents');
  expect(Metrics).toContainEqual({ Name: 'TikTokLatency', Unit: 'Milliseconds' });
  expect(Metrics).toContainEqual({ Name: 'EventsAccepted', Unit: 'Count' });
});

test('writes one line for all metrics of an invocation', () => {
  const telemetry = createTelemetry('prod');
  for (const name of Object.keys(metricUnits)) telemetry.count(name as MetricName, 50);
  telemetry.flush();
  expect(emf()).toHaveLength(1);
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
test.each(Object.entries(metricUnits))('writes %s as CloudWatch reads it', (name, unit) => {
  const telemetry = createTelemetry('prod');
  telemetry.count(name as MetricName, 3);
  telemetry.flush();
  expect(parsed()).toEqual([
    {
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'TikTokEvents',
            Dimensions: [['service', 'stage']],
            Metrics: [{ Name: name, Unit: unit }],
          },
        ],
      },
      service: 'tiktok-events',
      stage: 'prod',
      [name]: 3,
    },
  ]);
});

test('writes no metric line when nothing was counted, and none for a second flush', () => {
  createTelemetry('prod').flush();
  expect(emf()).toEqual([]);
  const telemetry = createTelemetry('prod');
  telemetry.count('EventsAccepted');
  telemetry.flush();
  telemetry.flush();
  expect(emf()).toHaveLength(1);
});
