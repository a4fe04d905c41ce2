/** SQS records as the event source mapping hands them to the consumer. */
import type { SQSRecord } from 'aws-lambda';
import { lifetimeMs } from '../../../lib/queue/message.ts';
import { receivedAt, receivedAtMs } from '../events/events.ts';

export interface RecordParts {
  readonly body?: string;
  readonly messageId?: string;
  readonly receives?: number;
  readonly sentAtMs?: number;
}

export function sqsRecord({
  body = '{}',
  messageId = 'm-1',
  receives = 1,
  sentAtMs = receivedAtMs,
}: RecordParts = {}): SQSRecord {
  return {
    messageId,
    receiptHandle: `handle-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAtMs),
      SenderId: 'AIDA',
      ApproximateFirstReceiveTimestamp: String(sentAtMs + 5),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:events',
    awsRegion: 'eu-west-1',
  };
}

/** The body of a message of the gateway's own; `name` becomes the event id. */
export function messageBody(name: string, fields: object = {}, envelope: object = {}): string {
  return JSON.stringify({
    v: 1,
    event: {
      event_name: 'Purchase',
      event_id: name,
      event_time: receivedAt,
      email: `${name}@canary.example`,
      ...fields,
    },
    destination: 'default',
    source: 'api',
    received_at: new Date(receivedAtMs).toISOString(),
    not_after: new Date(receivedAtMs + lifetimeMs).toISOString(),
    trace: 'trace-1',
    ...envelope,
  });
}

/** Records of events named `e0`, `e1`, …; their message ids are `m-e0`, … */
export const eventRecords = (
  count: number,
  fields: (n: number) => object = () => ({}),
  receives = 1,
): SQSRecord[] =>
  Array.from({ length: count }, (_, n) =>
    sqsRecord({ body: messageBody(`e${n}`, fields(n)), messageId: `m-e${n}`, receives }),
  );
