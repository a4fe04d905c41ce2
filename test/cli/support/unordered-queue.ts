/**
 * A model of SQS as far as `dead-letters` uses it, with what the queue server of the tests does not do: it gives messages
 * in any order. A second of visibility is a millisecond here.
 */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type DeleteMessageBatchCommandInput,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  type SendMessageBatchCommandInput,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export interface UnorderedQueue {
  readonly sqs: SQSClient;
  /** Bodies that were sent to any queue. */
  readonly sent: string[];
  /** Their groups, for those that have one. */
  readonly groups: string[];
  /** Bodies of the letters that are still there. */
  readonly left: () => string[];
}

/** @param random 0 ≤ random < 1 */
export function createUnorderedQueue(
  letters: readonly { body: string; attributes: Readonly<Record<string, string>> }[],
  random: () => number,
): UnorderedQueue {
  const messages = new Map(letters.map((letter, id) => [String(id), { ...letter, visibleAt: 0 }]));
  const sent: string[] = [];
  const groups: string[] = [];

  function receive(max: number, hiddenMs: number) {
    const visible = [...messages].filter(([, { visibleAt }]) => visibleAt <= performance.now());
    const taken = Array.from({ length: Math.min(max, visible.length) }, () =>
      visible.splice(Math.floor(random() * visible.length), 1),
    ).flat();
    return taken.map(([MessageId, message]) => {
      message.visibleAt = performance.now() + hiddenMs;
      const MessageAttributes = Object.fromEntries(
        Object.entries(message.attributes).map(([name, StringValue]) => [name, { StringValue }]),
      );
      return { MessageId, ReceiptHandle: MessageId, Body: message.body, MessageAttributes };
    });
  }

  function receiveAs({ MaxNumberOfMessages = 1, VisibilityTimeout = 0 }: ReceiveMessageCommandInput) {
    return { Messages: receive(MaxNumberOfMessages, VisibilityTimeout) };
  }

  function store({ Entries = [] }: SendMessageBatchCommandInput) {
    sent.push(...Entries.map(({ MessageBody = '' }) => MessageBody));
    groups.push(...Entries.flatMap(({ MessageGroupId = [] }) => MessageGroupId));
    return { Successful: Entries };
  }

  function remove({ Entries = [] }: DeleteMessageBatchCommandInput) {
    for (const { ReceiptHandle = '' } of Entries) messages.delete(ReceiptHandle);
    return {};
  }

  async function answer(command: unknown): Promise<object> {
    if (command instanceof ReceiveMessageCommand) return receiveAs(command.input);
    if (command instanceof SendMessageBatchCommand) return store(command.input);
    if (command instanceof DeleteMessageBatchCommand) return remove(command.input);
    if (command instanceof ChangeMessageVisibilityBatchCommand) return {};
    throw new Error('not a command of dead-letters');
  }

  return {
    sqs: { send: answer } as unknown as SQSClient,
    sent,
    groups,
    left: () => [...messages.values()].map(({ body }) => body),
  };
}
