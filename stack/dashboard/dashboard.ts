/** The dashboard, which an operator opens first: state, flow, outcomes, latency, age, dead letters, match keys, cost drivers. */
import { stackName } from '../../lib/config/names.ts';
import { type Resource, type Resources, sub } from '../cloudformation.ts';
import { type Chart, charts, type Line } from './charts.ts';

const columns = 3;
const width = 24 / columns;
const height = 6;

/** @param alarmNames shown as a row of lights above the charts */
export function dashboard(stageName: string, alarmNames: readonly string[]): Resources {
  const widgets = [lights(alarmNames), ...charts(stageName).map((chart, index) => widget(chart, index))];
  const resource: Resource = {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: stackName(stageName),
      DashboardBody: sub(JSON.stringify({ start: '-PT12H', widgets })),
    },
  };
  return { Dashboard: resource };
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

function widget(chart: Chart, index: number) {
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
      metrics: chart.lines.map(drawn),
    },
  };
}

function drawn([label, metric]: Line) {
  const dimensions = Object.entries(metric.dimensions).flatMap(([name, value]) => [
    name,
    typeof value === 'string' ? value : `\${${value.Ref}}`,
  ]);
  return [metric.namespace, metric.name, ...dimensions, { label, stat: metric.statistic }];
}
