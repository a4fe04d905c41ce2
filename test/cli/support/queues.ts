/** The two queues of the stage `local` on a real SQS server, and what tests need to fill and count them. */
import {
  GetQueueAttributesCommand,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { startQueueServer } from '../../support/queue/queue-server.ts';

export interface Letter {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export async function startQueues() {
  const { port, sqs, createQueue, stop } = await startQueueServer();
  const queueUrl = createQueue('tiktok-events-local');
  const deadLetterQueueUrl = createQueue('tiktok-events-local-dlq');
  return {
    queueUrl,
    deadLetterQueueUrl,
    /** For the process under test. */
    env: { SQS_PORT: String(port), PORT: '9' },
    park: (letters: readonly Letter[]) => sendLetters(sqs, deadLetterQueueUrl, letters),
    enqueue: (bodies: readonly string[]) =>
      sendLetters(
        sqs,
        queueUrl,
        bodies.map((body) => ({ body })),
      ),
    /** Hides all messages of a queue and returns their bodies. */
    bodies: (url: string) => takeBodies(sqs, url),
    queued: () => readDepth(sqs, queueUrl),
    parked: () => readDepth(sqs, deadLetterQueueUrl),
    stop,
  };
}

export type Queues = Awaited<ReturnType<typeof startQueues>>;

async function sendLetters(sqs: SQSClient, QueueUrl: string, letters: readonly Letter[]): Promise<void> {
  for (let start = 0; start < letters.length; start += 10) {
    const Entries = letters.slice(start, start + 10).map((letter, index) => ({
      Id: String(index),
      MessageBody: letter.body,
      MessageAttributes: attributesOf(letter),
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
}

async function readDepth(sqs: SQSClient, QueueUrl: string) {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages),
    hidden: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
  };
}

async function takeBodies(sqs: SQSClient, QueueUrl: string): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
    );
    if (Messages.length === 0) return found;
    found.push(...Messages.map(({ Body = '' }) => Body));
  }
}

const attributesOf = ({ attributes = {} }: Letter): Record<string, MessageAttributeValue> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
