/** The dead-letter queue through the AWS SDK: take, give back, delete, and put into the source queue. */
import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { splitIntoBatches } from '../../lib/queue/batches.ts';
import { type OutgoingMessage, sizeOf, toEntry } from '../../lib/queue/entries.ts';
import { isLoopbackUrl } from '../../lib/schema/base-url.ts';
import { type DeadLetter, decodeDeadLetter } from './dead-letter.ts';

const timeoutMs = 30_000;
const bounded = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) });

/** SQS looks at all its servers only when a receive may wait. The queue on this machine is one server. */
const waitSeconds = 1;

/** Up to ten letters, hidden from others for `hiddenSeconds`; empty when none is visible. */
export async function takeLetters(
  sqs: SQSClient,
  queueUrl: string,
  hiddenSeconds: number,
): Promise<DeadLetter[]> {
  const isLocal = isLoopbackUrl(queueUrl);
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: isLocal ? 0 : waitSeconds,
      VisibilityTimeout: hiddenSeconds,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['SentTimestamp', 'DeadLetterQueueSourceArn'],
    }),
    bounded(),
  );
  return Messages.map((message) => decodeDeadLetter(message, isLocal));
}

/** Makes letters visible again at once; one that fails is visible when its time is over. Never throws. */
export async function giveBack(
  sqs: SQSClient,
  queueUrl: string,
  receiptHandles: readonly string[],
): Promise<void> {
  const release = async (handles: readonly string[]) => {
    const Entries = handles.map((ReceiptHandle, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await sqs
      .send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }), bounded())
      .catch(() => undefined);
  };
  for (let start = 0; start < receiptHandles.length; start += 100) {
    const part = receiptHandles.slice(start, start + 100);
    const batches = splitIntoBatches(part.map(() => 0));
    await Promise.all(batches.map((batch) => release(batch.flatMap((index) => part[index] ?? []))));
  }
}

/** @returns one flag for each message: true when SQS has stored it. Throws when SQS cannot be reached. */
export async function sendMessages(
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly OutgoingMessage[],
): Promise<boolean[]> {
  const stored = messages.map(() => false);
  const entries = messages.map(toEntry);
  for (const batch of splitIntoBatches(messages.map(sizeOf))) {
    const Entries = batch.flatMap((index) => entries[index] ?? []);
    const { Successful = [] } = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }),
      bounded(),
    );
    for (const { Id } of Successful) stored[Number(Id)] = true;
  }
  return stored;
}

const deleteRounds = 3;

/** @returns the letters that are still there */
export async function deleteLetters(
  sqs: SQSClient,
  queueUrl: string,
  letters: readonly DeadLetter[],
): Promise<DeadLetter[]> {
  let open = letters.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
  for (let round = 0; round < deleteRounds && open.length > 0; round += 1) {
    const failed = await deleteOnce(sqs, queueUrl, open);
    open = open.filter(({ Id }) => failed.some((failure) => failure.Id === Id));
  }
  return open.flatMap(({ Id }) => letters[Number(Id)] ?? []);
}

async function deleteOnce(
  sqs: SQSClient,
  queueUrl: string,
  Entries: { Id: string; ReceiptHandle: string }[],
): Promise<readonly Pick<BatchResultErrorEntry, 'Id'>[]> {
  try {
    const { Failed = [] } = await sqs.send(
      new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }),
      bounded(),
    );
    return Failed;
  } catch {
    return Entries;
  }
}
