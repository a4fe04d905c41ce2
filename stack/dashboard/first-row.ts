/** The charts of the dashboard, in the order of an operator's questions. */
import {
  api,
  deadLetters,
  lambda,
  logMetric,
  type Metric,
  own,
  queue,
  throttledRequests,
} from '../metrics.ts';
import { functionNames } from '../names.ts';

export type Line = readonly [label: string, metric: Metric];

export interface Chart {
  readonly title: string;
  readonly stacked?: boolean;
  readonly lines: readonly Line[];
}

export function charts(stage: string): Chart[] {
  return [...flow(stage), ...outcomes(stage), ...costs(stage)];
}

function flow(stage: string): Chart[] {
  return [
    {
      title: 'Flow: events',
      lines: [
        ['accepted', own(stage, 'EventsAccepted')],
        ['queued by anyone', queue(stage, 'NumberOfMessagesSent', 'Sum')],
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
        ['accepted in part', own(stage, 'EventsPartial')],
        ['to be retried', own(stage, 'EventsRetried')],
        ['held', own(stage, 'EventsHeld')],
      ],
    },
    {
      title: 'Rejected by the gateway',
      lines: [
        ['rejected events', own(stage, 'EventsRejected')],
        ['not queued', own(stage, 'EventsNotQueued')],
        ['wrong key or signature', own(stage, 'AuthFailures')],
        ['4xx answers', api('4xx', 'Sum')],
        ['throttled (429)', throttledRequests(stage)],
        ['5xx answers', api('5xx', 'Sum')],
      ],
    },
    {
      title: 'Answers of TikTok and of POST /v1/events, ms',
      lines: [
        ['TikTok p50', own(stage, 'TikTokLatency', 'p50')],
        ['TikTok p95', own(stage, 'TikTokLatency', 'p95')],
        ['events p99', lambda(stage, 'ingest', 'Duration', 'p99')],
      ],
    },
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
      ],
    },
    {
      title: 'Cost drivers: bytes logged',
      stacked: true,
      lines: functionNames.map((name) => [name, logMetric(stage, name, 'IncomingBytes')] as const),
    },
    {
      title: 'Cost drivers: run time of functions, ms',
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
