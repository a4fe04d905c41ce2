/** The dashboard is what CloudWatch takes, and reads only metrics, log groups and fields that the stage writes. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { journalMessages } from '../../../lib/journal/parse-line.ts';
import { coverageCounts, loggable } from '../../../lib/telemetry/log-fields.ts';
import { packageStage, stages } from '../package-stage.ts';
import { ofType, properties, resolved, type Template } from '../template.ts';
import { type Query, readQuery } from './insights.ts';

const place = {
  x: z.int().check(z.minimum(0), z.maximum(23)),
  y: z.int().check(z.minimum(0)),
  width: z.int().check(z.minimum(1), z.maximum(24)),
  height: z.int().check(z.minimum(1), z.maximum(1000)),
};
const common = { title: z.string().check(z.minLength(1)), region: z.literal('eu-central-1') };

/** A metric with a label, or one that only an expression reads. */
const options = z.union([
  z.strictObject({ label: z.string(), stat: z.string() }),
  z.strictObject({ id: z.string(), visible: z.literal(false), stat: z.string() }),
]);

/** Namespace, name, dimensions in pairs, options; or an expression. */
const drawnMetric = z.union([
  z
    .tuple([z.string(), z.string()], z.union([z.string(), options]))
    .check(z.refine((metric) => metric.length % 2 === 1 && typeof metric.at(-1) === 'object')),
  z.tuple([z.strictObject({ expression: z.string(), label: z.string(), id: z.string() })]),
]);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const bodySchema = z.strictObject({
  start: z.string().check(z.regex(/^-P/)),
  widgets: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('alarm'),
        ...place,
        properties: z.strictObject({
          title: common.title,
          alarms: z.array(z.string().check(z.regex(/^arn:aws:cloudwatch:/))).check(z.maxLength(100)),
        }),
      }),
      z.strictObject({
        type: z.literal('metric'),
        ...place,
        properties: z.strictObject({
          ...common,
          view: z.literal('timeSeries'),
          stacked: z.boolean(),
          period: z.int(),
          metrics: z.array(drawnMetric).check(z.minLength(1)),
        }),
      }),
      z.strictObject({
        type: z.literal('log'),
        ...place,
        properties: z.strictObject({
          ...common,
          view: z.enum(['table', 'timeSeries']),
          stacked: z.boolean(),
          query: z.string().check(z.maxLength(10_000)),
        }),
      }),
    ]),
  ),
});
type Body = z.infer<typeof bodySchema>;
type Widget = Body['widgets'][number];

const bodyOf = (template: Template): Body =>
  bodySchema.parse(JSON.parse(String(resolved(properties(template, 'Dashboard').DashboardBody, template))));

async function logCharts(stage: string) {
  const { widgets } = bodyOf(await packageStage(stage));
  return widgets.flatMap((widget) =>
    widget.type === 'log' ? [{ ...widget.properties, ...readQuery(widget.properties.query) }] : [],
  );
}

describe.each(stages)('in stage %s', (stage) => {
  test('the stack has one dashboard, with a light for every alarm above everything else', async () => {
    const template = await packageStage(stage);
    expect(ofType(template, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
    const [first] = bodyOf(template).widgets;
    const shown =
      first?.type === 'alarm' ? first.properties.alarms.map((arn) => arn.split(':alarm:')[1]) : [];
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => Properties.AlarmName,
    );
    expect(shown).toEqual(alarms);
  });

  test('no widget of the dashboard leaves the grid or covers another', async () => {
    const cells = new Set<string>();
    for (const { x, y, width, height } of bodyOf(await packageStage(stage)).widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column += 1)
        for (let row = y; row < y + height; row += 1) {
          expect(cells).not.toContain(`${column} ${row}`);
          cells.add(`${column} ${row}`);
        }
    }
  });

  test('the dashboard draws metrics in its first row and log lines below it', async () => {
    const { widgets } = bodyOf(await packageStage(stage));
    const rowsOf = (type: Widget['type']) =>
      new Set(widgets.filter((one) => one.type === type).map(({ y }) => y));
    const [firstRow = 0, ...more] = rowsOf('metric');
    expect(more).toEqual([]);
    expect(rowsOf('log').size).toBeGreaterThan(4);
    for (const y of rowsOf('log')) expect(y).toBeGreaterThan(firstRow);
  });

  test('every query of the dashboard reads log groups of the stage', async () => {
    const template = await packageStage(stage);
    const groups = ofType(template, 'AWS::Logs::LogGroup').map(([, group]) => group.Properties.LogGroupName);
    for (const { title, sources } of await logCharts(stage)) {
      expect(sources.length, title).toBeGreaterThan(0);
      expect(
        sources.filter((name) => !groups.includes(name)),
        title,
      ).toEqual([]);
    }
  });
});

const coverage = Object.keys(coverageCounts);

/** CloudWatch adds them to every line, and the logger to every line of ours. */
const ofEveryLine = ['@timestamp', '@message', '@log', 'level', 'message'];

function unknownFields({ fields, messages }: Pick<Query, 'fields' | 'messages'>): string[] {
  const known = new Set<string>([
    ...loggable,
    ...ofEveryLine,
    ...(messages.includes('coverage') ? coverage : []),
  ]);
  return fields.filter((field) => !known.has(field));
}

test('the dashboard draws the share of the events that were delivered within 60 s and within 5 minutes', async () => {
  const { widgets } = bodyOf(await packageStage('prod'));
  const chart = widgets.find(({ properties: { title } }) => title.startsWith('Delivered in time'));
  const metrics = chart?.type === 'metric' ? chart.properties.metrics : [];
  const dimensions = ['service', 'tiktok-events', 'stage', 'prod'];
  const read = (name: string, id: string) => [
    'TikTokEvents',
    name,
    ...dimensions,
    { id, visible: false, stat: 'Sum' },
  ];
  expect(metrics).toEqual([
    [{ expression: '100 * (1 - SUM([less0, 0 * all0]) / all0)', label: 'within 60 seconds', id: 'share0' }],
    read('EventsSlow', 'less0'),
    read('EventsDelivered', 'all0'),
    [{ expression: '100 * (1 - SUM([less1, 0 * all1]) / all1)', label: 'within 5 minutes', id: 'share1' }],
    read('EventsLate', 'less1'),
    read('EventsDelivered', 'all1'),
  ]);
});

test('every query of the dashboard names fields that the functions log and texts that the journal has', async () => {
  const { Format } = properties(await packageStage('prod'), 'HttpApiStage').AccessLogSettings as {
    Format: string;
  };
  const accessFields = Object.keys(JSON.parse(Format));
  for (const chart of await logCharts('prod')) {
    const unknown = chart.sources.every((name) => name.startsWith('/aws/http-api/'))
      ? chart.fields.filter((field) => !accessFields.includes(field))
      : unknownFields(chart);
    expect(unknown, chart.title).toEqual([]);
    expect(
      chart.messages.filter((text) => !journalMessages.includes(text)),
      chart.title,
    ).toEqual([]);
  }
});

test('the check of fields notices a name that no line has', () => {
  const wrong = readQuery(
    `SOURCE 'a' | filter message = "coverage" and stats_x > 0 | parse fault /^(?<first>[a-z]+)/ | stats sum(\`count\`) as \`n %\`, avg(events) by first`,
  );
  expect(wrong.messages).toEqual(['coverage']);
  expect(unknownFields(wrong)).toEqual(['stats_x', 'fault']);
});

test('a line chart of the dashboard groups by time only, which CloudWatch needs to draw it', async () => {
  for (const { title, view, commands } of await logCharts('prod')) {
    const groups = /\bby (.+)$/.exec(commands.find((command) => command.startsWith('stats ')) ?? '')?.[1];
    if (view === 'timeSeries') expect(groups, title).toMatch(/^bin\(\d+[mh]\)$/);
    else expect(groups ?? '', title).not.toContain('bin(');
  }
});

test('the dashboard answers for flow, outcomes, age, dead letters by reason, match keys and cost', async () => {
  const { widgets } = bodyOf(await packageStage('prod'));
  const metrics = widgets.flatMap((widget) => (widget.type === 'metric' ? widget.properties.metrics : []));
  expect(metrics.map(([, name]) => name)).toEqual(
    expect.arrayContaining([
      'NumberOfMessagesSent',
      'EventsDelivered',
      'EventsHeld',
      'ApproximateAgeOfOldestMessage',
      '4xx',
      'RequestsThrottled',
      'Throttles',
    ]),
  );
  const charts = await logCharts('prod');
  expect(new Set(charts.flatMap(({ messages }) => messages))).toEqual(
    new Set(journalMessages.filter((text) => text !== 'events collected')),
  );
  const fields = charts.flatMap((chart) => chart.fields);
  expect(fields).toEqual(
    expect.arrayContaining([
      'email',
      'in_time',
      'reason',
      'warnings',
      'errors',
      'duration_ms',
      'aws_error',
      '@log',
    ]),
  );
});
