/** The least that any program does with a queue: send, receive and delete ten messages at a time. */
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { region } from '../../local/stage.ts';

const entriesPerCall = 10;

const clientOf = (queueUrl: string): SQSClient =>
  new SQSClient({
    region,
    endpoint: new URL(queueUrl).origin,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

/** Runs `loops` workers in parallel until each has ended. */
const sideBySide = (loops: number, work: () => Promise<void>) =>
  Promise.all(Array.from({ length: loops }, work));

export async function fillBare(queueUrl: string, bodies: readonly string[], loops: number): Promise<void> {
  const client = clientOf(queueUrl);
  let next = 0;
  await sideBySide(loops, async () => {
    while (next < bodies.length) {
      const ten = bodies.slice(next, next + entriesPerCall);
      next += entriesPerCall;
      const Entries = ten.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  });
  client.destroy();
}

/** Receives and deletes until the queue is empty. @returns how many messages there were */
export async function drainBare(queueUrl: string, loops: number): Promise<number> {
  const client = clientOf(queueUrl);
  let count = 0;
  await sideBySide(loops, async () => {
    for (;;) {
      const receive = new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: entriesPerCall,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      });
      const { Messages = [] } = await client.send(receive);
      if (Messages.length === 0) return;
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      count += Messages.length;
    }
  });
  client.destroy();
  return count;
}
