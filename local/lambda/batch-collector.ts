/** Takes batches from an SQS queue and deletes messages, through the AWS SDK. It never drops a message it received. */
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

export interface CollectorSettings {
  readonly queueUrl: string;
  readonly region: string;
  readonly batchSize: number;
  /** How long a batch is collected after its first message. */
  readonly windowMs: number;
}

export interface BatchCollector {
  /** Waits up to a second for a first message; an empty batch means that none came. */
  collect(): Promise<Message[]>;
  remove(messages: readonly Message[]): Promise<void>;
  /** Ends the window of the current batch; `abandonPoll` also ends the wait for a first message. */
  stop(abandonPoll: boolean): void;
  close(): void;
}

interface Queue {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly abandoned: AbortSignal;
}

/** A canceled poll can lose sight of the messages it returns, so a poll is short enough to wait for. */
const longPollSeconds = 1;
const emptyPollPauseMs = 50;
/** SQS receives and deletes at most ten messages in one call. */
const sqsBatchSize = 10;

export function createBatchCollector(settings: CollectorSettings): BatchCollector {
  const { queueUrl, region, batchSize, windowMs } = settings;
  // The endpoint is that of the queue's URL, whatever AWS_ENDPOINT_URL_SQS names.
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SQSClient({ region, endpoint: new URL(queueUrl).origin, credentials });
  const abandoned = new AbortController();
  const queue: Queue = { client, queueUrl, abandoned: abandoned.signal };
  let isStopped = false;

  async function collect(): Promise<Message[]> {
    const batch = await receive(queue, batchSize, longPollSeconds);
    const deadline = Date.now() + windowMs;
    while (batch.length > 0 && batch.length < batchSize && Date.now() < deadline && !isStopped) {
      // A failing poll ends the window; the messages that are already here are still delivered.
      const more = await receive(queue, batchSize - batch.length, 0).catch(() => undefined);
      if (!more) return batch;
      batch.push(...more);
      if (more.length === 0) await pause(Math.min(emptyPollPauseMs, Math.max(0, deadline - Date.now())));
    }
    return batch;
  }

  return {
    collect,
    remove: (messages) => remove(queue, messages),
    stop: (abandonPoll) => {
      isStopped = true;
      if (abandonPoll) abandoned.abort();
    },
    close: () => client.destroy(),
  };
}

async function receive(queue: Queue, wanted: number, WaitTimeSeconds: number): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queue.queueUrl,
    MaxNumberOfMessages: Math.min(sqsBatchSize, wanted),
    WaitTimeSeconds,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  const { Messages = [] } = await queue.client.send(command, { abortSignal: queue.abandoned });
  return Messages;
}

async function remove({ client, queueUrl }: Queue, messages: readonly Message[]): Promise<void> {
  for (let start = 0; start < messages.length; start += sqsBatchSize) {
    const part = messages.slice(start, start + sqsBatchSize);
    const Entries = part.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
