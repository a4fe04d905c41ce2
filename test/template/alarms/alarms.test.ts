/** An alarm is worth nothing without a reader: each has a threshold from the stage file and a section of the runbook. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readStage } from '../../../lib/config/read-stage.ts';
import { fullStageFile } from '../full-stage.ts';
import { packageStage, stages } from '../package-stage.ts';
import { ofType, properties, resolved, type Template } from '../template.ts';

const runbook = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
const sections = [...runbook.matchAll(/^#{2,4} (.+)$/gm)].map(([, title]) =>
  String(title)
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-'),
);

const alarms = (template: Template) =>
  ofType(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

describe.each(stages)('in stage %s', (stage) => {
  test('every alarm names a section of the runbook that exists', async () => {
    const anchors = alarms(await packageStage(stage)).map(
      ({ AlarmDescription }) => /docs\/operations\.md#([a-z0-9-]+)$/.exec(String(AlarmDescription))?.[1],
    );
    expect(anchors.length).toBeGreaterThan(12);
    expect(anchors.filter((anchor) => anchor === undefined || !sections.includes(anchor))).toEqual([]);
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  test('every alarm notifies the topic, both ways', async () => {
    for (const alarm of alarms(await packageStage(stage))) {
      expect(alarm).toMatchObject({
        AlarmActions: [{ Ref: 'AlarmTopic' }],
        OKActions: [{ Ref: 'AlarmTopic' }],
        ActionsEnabled: readStage(stage).alarms.notify,
      });
    }
  });

  test('thresholds are those of the stage file', async () => {
    const template = await packageStage(stage);
    const at = readStage(stage).alarms;
    const threshold = (id: string) => properties(template, id).Threshold;
    expect(threshold('AlarmDeadLetters')).toBe(at.deadLetters);
    expect(threshold('AlarmQueueAgeWarning')).toBe(at.queueAgeWarningSeconds);
    expect(threshold('AlarmServerErrors')).toBe(at.serverErrorPercent);
    expect(threshold('AlarmHeldEvents')).toBe(at.heldEvents);
    expect(threshold('AlarmRetriedEvents')).toBe(at.retriedPercent);
    expect(threshold('AlarmAccountConcurrency')).toBe(at.concurrentExecutions);
    expect(threshold('AlarmClientErrors')).toBe(at.clientErrorPercent);
    expect(threshold('AlarmThrottledRequests')).toBe(at.throttledRequests);
    expect(threshold('AlarmBrokenMetrics')).toBe(at.brokenMetrics);
  });

  test('the alarm on broken metrics reads the log of deliver, which every event passes', async () => {
    const { Metrics } = properties(await packageStage(stage), 'AlarmBrokenMetrics');
    const read = [...JSON.stringify(Metrics).matchAll(/"\/aws\/lambda\/tiktok-events-[a-z]+-([a-z]+)"/g)];
    expect(read.map(([, name]) => name)).toEqual(['deliver', 'deliver']);
  });

  test('an alarm on a percentile keeps its state while there are too few samples', async () => {
    const percentiles = alarms(await packageStage(stage)).filter(
      ({ ExtendedStatistic }) => ExtendedStatistic,
    );
    expect(percentiles).toHaveLength(2);
    for (const alarm of percentiles) expect(alarm.EvaluateLowSampleCountPercentile).toBe('ignore');
  });

  test('an alarm fires in a new account, which runs 10 functions at once', async () => {
    expect(properties(await packageStage(stage), 'AlarmAccountConcurrency').Threshold).toBeLessThan(10);
  });
});

test('requests answered 429 are counted in the access log, apart for each stage, and an alarm reads the count', async () => {
  const template = await packageStage('prod');
  const { LogGroupName, FilterPattern, MetricTransformations } = properties(
    template,
    'ThrottledRequestsFilter',
  );
  expect(LogGroupName).toEqual({ Ref: 'HttpApiLogGroup' });
  const { AccessLogSettings } = properties(template, 'HttpApiStage') as {
    AccessLogSettings: { Format: string };
  };
  // CloudWatch compares a quoted pattern with text only.
  expect(JSON.parse(AccessLogSettings.Format)).toMatchObject({ status: '$context.status' });
  expect(FilterPattern).toBe('{ $.status = "429" }');
  expect(MetricTransformations).toEqual([
    { MetricNamespace: 'TikTokEvents/prod', MetricName: 'RequestsThrottled', MetricValue: '1' },
  ]);
  expect(properties(template, 'AlarmThrottledRequests')).toMatchObject({
    Namespace: 'TikTokEvents/prod',
    MetricName: 'RequestsThrottled',
    Dimensions: [],
    Statistic: 'Sum',
  });
});

test('the alarm on silence is left out where its hours are 0', async () => {
  expect((await packageStage('dev')).Resources).not.toHaveProperty('AlarmNoEvents');
  expect(properties(await packageStage('prod'), 'AlarmNoEvents')).toMatchObject({
    EvaluationPeriods: 24,
    Period: 3600,
    TreatMissingData: 'breaching',
  });
});

test('the watch on usual traffic is left out where its width is 0', async () => {
  expect((await packageStage('dev')).Resources).not.toHaveProperty('AlarmUnusualTraffic');
  expect((await packageStage('prod')).Resources).toHaveProperty('AlarmUnusualTraffic');
});

test('only alarms of the own account may publish to the topic; the e-mail of the stage file gets them', async () => {
  const template = await packageStage('full', fullStageFile());
  expect(properties(template, 'AlarmTopic').Subscription).toEqual([
    { Protocol: 'email', Endpoint: 'oncall@example.com' },
  ]);
  expect(resolved(properties(template, 'AlarmTopicPolicy').PolicyDocument, template)).toMatchObject({
    Statement: [
      {
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ],
  });
});
