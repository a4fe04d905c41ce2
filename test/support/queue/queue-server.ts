/** A real SQS server on a free port, and what tests need to fill its queues and look into them. */
import { type Message, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { startFauxqs } from 'fauxqs';

/** For the clients of the code under test, which read the environment. */
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
});

export async function startQueueServer() {
  const server = await startFauxqs({ port: 0, logger: false });
  const url = `http://127.0.0.1:${server.port}`;
  // Not from the environment, which is another one while a command runs.
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const sqs = new SQSClient({ endpoint: url, region: 'us-east-1', credentials });
  const urlOf = (name: string) => `${url}/000000000000/${name}`;
  return {
    port: server.port,
    /** A client of this server. */
    sqs,
    stop: async () => {
      sqs.destroy();
      await server.stop();
    },
    createQueue(name: string, attributes: Record<string, string> = {}): string {
      server.createQueue(name, { attributes });
      return urlOf(name);
    },
    /** Bodies and text attributes of the messages that can be received. */
    ready: (name: string) =>
      (server.inspectQueue(name)?.messages.ready ?? []).map(({ body, messageAttributes }) => ({
        body,
        attributes: Object.fromEntries(
          Object.entries(messageAttributes ?? {}).map(([key, { StringValue }]) => [key, StringValue]),
        ),
      })),
    /** Seconds until each invisible message becomes visible again, by message id. */
    invisible: (name: string): Map<string, number> =>
      new Map(
        (server.inspectQueue(name)?.messages.inflight ?? []).map(({ message, visibilityDeadline }) => [
          message.messageId,
          Math.round((visibilityDeadline - Date.now()) / 1000),
        ]),
      ),
    send: (name: string, body: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: urlOf(name), MessageBody: body })),
    /** Receives up to `count` messages as records of the event source mapping. */
    receive: (name: string, count: number) => receiveRecords(sqs, urlOf(name), count),
  };
}

async function receiveRecords(sqs: SQSClient, QueueUrl: string, count: number): Promise<SQSRecord[]> {
  const records: SQSRecord[] = [];
  while (records.length < count) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    records.push(...Messages.map(toRecord));
  }
  return records;
}

function toRecord(message: Message): SQSRecord {
  const attributes: Partial<Record<string, string>> = message.Attributes ?? {};
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ApproximateReceiveCount: attributes.ApproximateReceiveCount ?? '',
      SentTimestamp: attributes.SentTimestamp ?? '',
      SenderId: attributes.SenderId ?? '',
      ApproximateFirstReceiveTimestamp: attributes.ApproximateFirstReceiveTimestamp ?? '',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: 'us-east-1',
  };
}
