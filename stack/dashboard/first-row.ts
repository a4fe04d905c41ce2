/** The first row of the dashboard, from metrics: what flows, what waits, and what fails. It loads at once, without a query. */
import { api, deadLetters, lambda, type Metric, own, queue, throttledRequests } from '../metrics.ts';

/** The part of `whole` that is not in `missed`, in percent. */
interface Share {
  readonly whole: Metric;
  readonly missed: Metric;
}

type Line = readonly [label: string, of: Metric | Share];

export interface Chart {
  readonly title: string;
  /** Of the 24 columns of a dashboard. */
  readonly width: number;
  readonly lines: readonly Line[];
}

export function firstRow(stage: string): readonly Chart[] {
  const delivered = own(stage, 'EventsDelivered');
  return [
    {
      title: 'Flow: events',
      width: 6,
      lines: [
        ['queued', queue(stage, 'NumberOfMessagesSent', 'Sum')],
        ['delivered', delivered],
        ['to be retried', own(stage, 'EventsRetried')],
        ['held', own(stage, 'EventsHeld')],
        ['parked', own(stage, 'EventsParked')],
      ],
    },
    {
      title: 'Delivered in time after arrival, percent',
      width: 5,
      lines: [
        ['within 60 seconds', { whole: delivered, missed: own(stage, 'EventsSlow') }],
        ['within 5 minutes', { whole: delivered, missed: own(stage, 'EventsLate') }],
      ],
    },
    {
      title: 'Age of the oldest waiting event, seconds',
      width: 4,
      lines: [['age', queue(stage, 'ApproximateAgeOfOldestMessage', 'Maximum')]],
    },
    {
      title: 'Queue: waiting, in flight, dead letters',
      width: 4,
      lines: [
        ['waiting', queue(stage, 'ApproximateNumberOfMessagesVisible', 'Maximum')],
        ['in flight', queue(stage, 'ApproximateNumberOfMessagesNotVisible', 'Maximum')],
        ['dead letters', deadLetters(stage)],
      ],
    },
    {
      title: 'Errors of the API and of the consumer',
      width: 5,
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

type Drawn = readonly unknown[];

/** @returns the metrics of a widget: one for a metric; for a share, its expression and the two metrics that this reads */
export const drawn = ({ lines }: Chart): readonly Drawn[] =>
  lines.flatMap(([label, of], index) =>
    'whole' in of ? drawnShare(label, of, index) : [drawnMetric(of, { label })],
  );

/** A metric of late events has no values while all is well, so the sum adds zeros that the other metric brings. */
function drawnShare(label: string, { whole, missed }: Share, index: number): Drawn[] {
  const [all, less] = [`all${index}`, `less${index}`];
  return [
    [{ expression: `100 * (1 - SUM([${less}, 0 * ${all}]) / ${all})`, label, id: `share${index}` }],
    drawnMetric(missed, { id: less, visible: false }),
    drawnMetric(whole, { id: all, visible: false }),
  ];
}

/** Namespace, name, dimensions in pairs, options. */
function drawnMetric(metric: Metric, options: object): Drawn {
  const dimensions = Object.entries(metric.dimensions).flatMap(([name, value]) => [
    name,
    typeof value === 'string' ? value : `\${${value.Ref}}`,
  ]);
  return [metric.namespace, metric.name, ...dimensions, { ...options, stat: metric.statistic }];
}
