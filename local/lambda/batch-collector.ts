/** Takes batches from an SQS queue and deletes messages, through the AWS SDK. A received message is always handed on. */
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
  /** How long a batch is collected once it has its first message. */
  readonly windowMs: number;
}

export interface BatchCollector {
  /** Waits up to a second for a first message; an empty batch means that none came. */
  collect(): Promise<Message[]>;
  remove(messages: readonly Message[]): Promise<void>;
  /** Ends the window of the batch that is being collected; `abandonPoll` ends the wait for a first message too. */
  stop(abandonPoll: boolean): void;
  close(): void;
}

/** A poll cannot be taken back without losing sight of what it returns, so it is short enough to wait for. */
const longPollSeconds = 1;
const emptyPollPauseMs = 50;

export function createBatchCollector(settings: CollectorSettings): BatchCollector {
  const { queueUrl: QueueUrl, region, batchSize, windowMs } = settings;
  // The queue's own URL says where it is; AWS_ENDPOINT_URL_SQS must not.
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SQSClient({ region, endpoint: new URL(QueueUrl).origin, credentials });
  const abandoned = new AbortController();
  let isStopped = false;

  async function receive(wanted: number, WaitTimeSeconds: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(10, wanted),
      WaitTimeSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await client.send(command, { abortSignal: abandoned.signal });
    return Messages;
  }

  async function collect(): Promise<Message[]> {
    const batch = await receive(batchSize, longPollSeconds);
    const deadline = Date.now() + windowMs;
    while (batch.length > 0 && batch.length < batchSize && Date.now() < deadline && !isStopped) {
      // What was received must not be lost to a failing poll: it ends the window instead.
      const more = await receive(batchSize - batch.length, 0).catch(() => undefined);
      if (!more) return batch;
      batch.push(...more);
      if (more.length === 0) await pause(Math.min(emptyPollPauseMs, Math.max(0, deadline - Date.now())));
    }
    return batch;
  }

  async function remove(messages: readonly Message[]): Promise<void> {
    for (let start = 0; start < messages.length; start += 10) {
      const ten = messages.slice(start, start + 10);
      const Entries = ten.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }

  return {
    collect,
    remove,
    stop: (abandonPoll) => {
      isStopped = true;
      if (abandonPoll) abandoned.abort();
    },
    close: () => client.destroy(),
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
