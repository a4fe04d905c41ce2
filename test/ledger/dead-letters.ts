/** Reads every message of a dead-letter queue. */
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

export interface ReadLetter {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
}

export async function readDeadLetters(queueUrl: string): Promise<ReadLetter[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sqs = new SQSClient({ region: 'us-east-1', endpoint: new URL(queueUrl).origin, credentials });
  const letters: ReadLetter[] = [];
  try {
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 600,
          MessageAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) return letters;
      for (const { Body = '{}', MessageAttributes = {} } of Messages) {
        const attributes = Object.entries(MessageAttributes).map(([name, value]) => [
          name,
          value.StringValue,
        ]);
        letters.push({ id: idOf(Body), attributes: Object.fromEntries(attributes) });
      }
    }
  } finally {
    sqs.destroy();
  }
}

const idOf = (body: string): string =>
  (JSON.parse(body) as { event?: { event_id?: string } }).event?.event_id ?? body.slice(0, 40);
