/** A real SQS protocol server with the two queues of the stage `local`, and what tests need to fill and count them. */
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';

export interface Letter {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export async function startQueues() {
  const app = buildApp({ logger: false, defaultRegion: 'us-east-1' });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sqs = new SQSClient({ region: 'us-east-1', endpoint: url, credentials });
  const queueUrl = `${url}/000000000000/tiktok-events-local`;
  const deadLetterQueueUrl = `${queueUrl}-dlq`;
  for (const QueueName of ['tiktok-events-local', 'tiktok-events-local-dlq'])
    await sqs.send(new CreateQueueCommand({ QueueName }));

  async function park(letters: readonly Letter[]): Promise<void> {
    for (let start = 0; start < letters.length; start += 10) {
      const Entries = letters.slice(start, start + 10).map((letter, index) => ({
        Id: String(index),
        MessageBody: letter.body,
        MessageAttributes: attributesOf(letter),
      }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: deadLetterQueueUrl, Entries }));
    }
  }

  async function depth(of: string) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: of, AttributeNames: ['All'] }),
    );
    return {
      visible: Number(Attributes.ApproximateNumberOfMessages),
      hidden: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    };
  }

  /** Takes all bodies out of a queue's sight. */
  async function bodies(of: string): Promise<string[]> {
    const found: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: of, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
      );
      if (Messages.length === 0) return found;
      found.push(...Messages.map(({ Body = '' }) => Body));
    }
  }

  return {
    queueUrl,
    deadLetterQueueUrl,
    /** For the process under test. */
    env: { SQS_PORT: new URL(url).port, PORT: '9' },
    park,
    bodies,
    queued: () => depth(queueUrl),
    parked: () => depth(deadLetterQueueUrl),
    stop: async () => {
      sqs.destroy();
      await app.close();
    },
  };
}

export type Queues = Awaited<ReturnType<typeof startQueues>>;

const attributesOf = ({ attributes = {} }: Letter): Record<string, MessageAttributeValue> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
