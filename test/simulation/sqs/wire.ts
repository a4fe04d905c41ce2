/** Messages as they travel between SQS and its callers. */
import type { Message, SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { handleOf, type StoredMessage } from './stored-message.ts';

/** Names, types and values of the attributes count as the body does. */
export function bytesOf({ MessageBody = '', MessageAttributes = {} }: SendMessageBatchRequestEntry): number {
  const texts = Object.entries(MessageAttributes).flatMap(([name, { DataType = '', StringValue = '' }]) => [
    name,
    DataType,
    StringValue,
  ]);
  return [MessageBody, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** As a receive that asks for all attributes gives it. */
export const toMessage = (message: StoredMessage): Message => ({
  MessageId: message.id,
  ReceiptHandle: handleOf(message),
  Body: message.body,
  Attributes: {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sentAtMs),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
    ...(message.group === '' ? {} : { MessageGroupId: message.group }),
  },
  ...(message.attributes && { MessageAttributes: message.attributes }),
});
