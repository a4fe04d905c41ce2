/** What an operator looks at first: state, flow, outcomes, latency, age, dead letters, match keys, cost drivers. */
import { type Resource, type Resources, sub } from './cloudformation.ts';
import { api, deadLetters, lambda, logBytes, type Metric, metricsNamespace, own, queue } from './metrics.ts';
import { functionNames, service } from './names.ts';

type Line = readonly [label: string, metric: Metric] | { readonly each: string; readonly of: string };

interface Chart {
  readonly title: string;
  readonly unit?: string;
  readonly stacked?: boolean;
  readonly lines: readonly Line[];
}

const columns = 3;
const width = 24 / columns;
const height = 6;

/** @param alarmNames shown as a row of lights above the charts */
export function dashboard(stageName: string, alarmNames: readonly string[]): Resources {
  const widgets = [
    lights(alarmNames),
    ...charts(stageName).map((chart, index) => widget(chart, stageName, index)),
  ];
  const resource: Resource = {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: `${service}-${stageName}`,
      DashboardBody: sub(JSON.stringify({ start: '-PT12H', widgets })),
    },
  };
  return { Dashboard: resource };
}

function charts(stage: string): Chart[] {
  return [...flow(stage), ...outcomes(stage), ...costs(stage)];
}

function flow(stage: string): Chart[] {
  return [
    {
      title: 'Flow: events',
      lines: [
        ['accepted', own(stage, 'EventsAccepted')],
        ['from webhooks', own(stage, 'WebhookEvents')],
        ['queued', own(stage, 'EventsQueued')],
        ['delivered', own(stage, 'EventsDelivered')],
      ],
    },
    {
      title: 'Age of the oldest waiting event, seconds',
      lines: [['age', queue(stage, 'ApproximateAgeOfOldestMessage', 'Maximum')]],
    },
    {
      title: 'Queue: waiting, in flight, dead letters',
      lines: [
        ['waiting', queue(stage, 'ApproximateNumberOfMessagesVisible', 'Maximum')],
        ['in flight', queue(stage, 'ApproximateNumberOfMessagesNotVisible', 'Maximum')],
        ['dead letters', deadLetters(stage)],
      ],
    },
  ];
}

function outcomes(stage: string): Chart[] {
  return [
    {
      title: 'Outcomes at TikTok: events',
      lines: [
        ['delivered', own(stage, 'EventsDelivered')],
        ['taken in part', own(stage, 'EventsPartial')],
        ['to be retried', own(stage, 'EventsRetried')],
        ['held', own(stage, 'EventsHeld')],
      ],
    },
    { title: 'Dead letters by reason', stacked: true, lines: [{ each: 'reason', of: 'EventsParked' }] },
    {
      title: 'Refused at the door',
      lines: [
        ['rejected events', own(stage, 'EventsRejected')],
        ['not queued', own(stage, 'EventsNotQueued')],
        ['wrong key or signature', own(stage, 'AuthFailures')],
        ['5xx answers', api('5xx', 'Sum')],
        { each: 'reason', of: 'WebhookSkipped' },
      ],
    },
    {
      title: 'From receipt to delivery, ms',
      lines: (['p50', 'p95', 'p99'] as const).map((p) => [p, own(stage, 'DeliveryAge', p)] as const),
    },
    {
      title: 'Answers of TikTok and of POST /v1/events, ms',
      lines: [
        ['TikTok p50', own(stage, 'TikTokLatency', 'p50')],
        ['TikTok p95', own(stage, 'TikTokLatency', 'p95')],
        ['events p99', lambda(stage, 'ingest', 'Duration', 'p99')],
      ],
    },
    { title: 'Match keys of delivered events', lines: [{ each: 'key', of: 'MatchKeys' }] },
  ];
}

function costs(stage: string): Chart[] {
  return [
    {
      title: 'Cost drivers: requests',
      lines: [
        ['API requests', api('Count', 'Sum')],
        ['messages sent', queue(stage, 'NumberOfMessagesSent', 'Sum')],
        ['empty receives', queue(stage, 'NumberOfEmptyReceives', 'Sum')],
        ['calls to TikTok', own(stage, 'TikTokCalls')],
        ['isolation calls', own(stage, 'IsolationCalls')],
      ],
    },
    { title: 'Cost drivers: events a call', lines: [['batch size', own(stage, 'BatchSize', 'Average')]] },
    {
      title: 'Cost drivers: bytes logged',
      stacked: true,
      lines: functionNames.map((name) => [name, logBytes(stage, name)] as const),
    },
    {
      title: 'Cost drivers: time of functions, ms',
      stacked: true,
      lines: functionNames.map((name) => [name, lambda(stage, name, 'Duration', 'Sum')] as const),
    },
    {
      title: 'Functions: errors and throttles',
      lines: functionNames.flatMap((name) => [
        [`${name} errors`, lambda(stage, name, 'Errors', 'Sum')] as const,
        [`${name} throttles`, lambda(stage, name, 'Throttles', 'Sum')] as const,
      ]),
    },
  ];
}

const lights = (alarmNames: readonly string[]) => ({
  type: 'alarm',
  x: 0,
  y: 0,
  width: 24,
  height: 4,
  properties: {
    title: 'Alarms: each names its section of docs/operations.md',
    alarms: alarmNames.map(
      (name) => `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:${name}`,
    ),
  },
});

function widget(chart: Chart, stage: string, index: number) {
  return {
    type: 'metric',
    x: (index % columns) * width,
    y: 4 + Math.floor(index / columns) * height,
    width,
    height,
    properties: {
      title: chart.title,
      region: `\${AWS::Region}`,
      view: 'timeSeries',
      stacked: chart.stacked ?? false,
      period: 300,
      metrics: chart.lines.map((line) => ('each' in line ? searched(line, stage) : drawn(line))),
    },
  };
}

function drawn([label, metric]: readonly [string, Metric]) {
  const dimensions = Object.entries(metric.dimensions).flatMap(([name, value]) => [
    name,
    typeof value === 'string' ? value : `\${${value.Ref}}`,
  ]);
  return [metric.namespace, metric.name, ...dimensions, { label, stat: metric.statistic }];
}

/** One line for each value that the dimension has, whatever they are. */
function searched({ each, of }: { readonly each: string; readonly of: string }, stage: string) {
  const schema = `{${metricsNamespace},service,stage,${each}}`;
  const label = `\${PROP('Dim.${each}')}`;
  return [
    {
      expression: `SEARCH('${schema} MetricName="${of}" stage="${stage}"', 'Sum', 300)`,
      label: label.replace('${', '${!'),
    },
  ];
}
