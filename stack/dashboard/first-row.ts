/** The first row of the dashboard, from metrics: what flows, what waits, and what fails. It loads at once, without a query. */
import { api, deadLetters, lambda, type Metric, own, queue, throttledRequests } from '../metrics.ts';

type Line = readonly [label: string, metric: Metric];

export interface Chart {
  readonly title: string;
  readonly lines: readonly Line[];
}

export function firstRow(stage: string): readonly Chart[] {
  return [
    {
      title: 'Flow: events',
      lines: [
        ['queued', queue(stage, 'NumberOfMessagesSent', 'Sum')],
        ['delivered', own(stage, 'EventsDelivered')],
        ['to be retried', own(stage, 'EventsRetried')],
        ['held', own(stage, 'EventsHeld')],
        ['parked', own(stage, 'EventsParked')],
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
    {
      title: 'Errors of the API and of the consumer',
      lines: [
        ['4xx answers', api('4xx', 'Sum')],
        ['throttled (429)', throttledRequests(stage)],
        ['5xx answers', api('5xx', 'Sum')],
        ['deliver errors', lambda(stage, 'deliver', 'Errors', 'Sum')],
        ['deliver throttles', lambda(stage, 'deliver', 'Throttles', 'Sum')],
      ],
    },
  ];
}

/** The metric in the form of a widget: namespace, name, dimensions, options. */
export function drawn([label, metric]: Line): readonly unknown[] {
  const dimensions = Object.entries(metric.dimensions).flatMap(([name, value]) => [
    name,
    typeof value === 'string' ? value : `\${${value.Ref}}`,
  ]);
  return [metric.namespace, metric.name, ...dimensions, { label, stat: metric.statistic }];
}
