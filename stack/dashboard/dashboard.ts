/**
 * The dashboard, which an operator opens first: the alarms, one row of metrics, and tables and charts from the journal.
 * The structure of its body: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
import { stackName } from '../../lib/config/names.ts';
import { type Resources, sub } from '../cloudformation.ts';
import type { FunctionName } from '../names.ts';
import { type Chart, drawn, firstRow } from './first-row.ts';
import type { LogChart } from './log-chart.ts';
import { logCharts } from './log-charts.ts';

const columns = 24;
const height = 6;
const lightsHeight = 4;
const region = `\${AWS::Region}`;

/** @param alarmNames shown as a row of lights above the charts */
export function dashboard(
  stageName: string,
  alarmNames: readonly string[],
  functions: readonly FunctionName[],
): Resources {
  const widgets = [
    lights(alarmNames),
    ...inRows(
      [...firstRow(stageName).map(metricWidget), ...logCharts(stageName, functions).map(logWidget)],
      lightsHeight,
    ),
  ];
  return {
    Dashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardName: stackName(stageName),
        DashboardBody: sub(JSON.stringify({ start: '-PT12H', widgets })),
      },
    },
  };
}

const lights = (alarmNames: readonly string[]) => ({
  type: 'alarm',
  x: 0,
  y: 0,
  width: columns,
  height: lightsHeight,
  properties: {
    title: 'Alarms: each names its section of docs/operations.md',
    alarms: alarmNames.map(
      (name) => `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:${name}`,
    ),
  },
});

interface Widget {
  readonly type: 'metric' | 'log';
  readonly width: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

const metricWidget = (chart: Chart): Widget => ({
  type: 'metric',
  width: chart.width,
  properties: {
    title: chart.title,
    region,
    view: 'timeSeries',
    stacked: false,
    period: 300,
    metrics: drawn(chart),
  },
});

const logWidget = ({ title, sources, query, view, width }: LogChart): Widget => ({
  type: 'log',
  width,
  properties: {
    title,
    region,
    view,
    stacked: false,
    query: [...sources.map((name) => `SOURCE '${name}'`), ...query].join(' | '),
  },
});

/** Places widgets from left to right; one that does not fit starts the next row. */
function inRows(widgets: readonly Widget[], top: number) {
  let [x, y] = [0, top];
  return widgets.map((widget) => {
    if (x + widget.width > columns) [x, y] = [0, y + height];
    const placed = { type: widget.type, x, y, width: widget.width, height, properties: widget.properties };
    x += widget.width;
    return placed;
  });
}
