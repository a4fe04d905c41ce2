/** The simulated SQS of a stage: the queue of events and its dead-letter queue, behind the calls of the SDK. */
import type {
  ChangeMessageVisibilityBatchRequestEntry,
  Message,
  SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';
import type { BatchAnswer, SqsApi } from '../../../lib/queue/sqs.ts';
import { createRandom } from '../../support/random.ts';
import type { SqsPart, SqsTrouble, Surroundings } from '../world-parts.ts';
import { createDeadLetters, type DeadLetter, type DeadLetters } from './dead-letters.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import { createLongPolls, type LongPolls } from './long-polls.ts';
import type { QueueSettings } from './queue-parts.ts';
import { createRequests, type Requests } from './requests.ts';
import { keyOf } from './stored-message.ts';
import { bytesOf, toMessage } from './wire.ts';

export interface SqsSettings extends QueueSettings {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly deadLetterRetentionMs: number;
}

/** The calls of the event source mapping. Both reject when the request fails. */
export interface ConsumerApi {
  /** Waits `waitMs` at most for a first message. @param most 10 or fewer */
  readonly receive: (most: number, waitMs: number) => Promise<Message[]>;
  /** Deletes ten messages or fewer; some can fail. */
  readonly remove: (receiptHandles: readonly string[]) => Promise<void>;
}

export interface Sqs extends SqsPart {
  readonly consumer: ConsumerApi;
  /** The dead letters whose retention has not ended. */
  readonly deadLetters: () => readonly DeadLetter[];
}

/** The characters that SQS accepts (SendMessageBatch): `#x9 #xA #xD #x20-#xD7FF #xE000-#xFFFD #x10000-#x10FFFF`. */
const refusedCharacter = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const maxBatchBytes = 1_048_576;

interface Inside {
  readonly settings: SqsSettings;
  readonly world: Surroundings;
  readonly queue: EventQueue;
  readonly deadLetters: DeadLetters;
  readonly requests: Requests;
}

export function createSqs(world: Surroundings, settings: SqsSettings): Sqs {
  const { scheduler } = world;
  const random = createRandom(world.random.between(0, 0xffff_ffff));
  const trouble: SqsTrouble = { fails: 0, losesAnswer: 0, failsEntry: 0, repeats: 0 };
  const deadLetters = createDeadLetters(world, settings.deadLetterRetentionMs);
  const queue = createEventQueue({ ...world, random, trouble, settings, deadLetters });
  const polls = createLongPolls(scheduler, queue);
  const requests = createRequests({ scheduler, random, trouble, afterEffect: polls.serve });
  const inside: Inside = { settings, world, queue, deadLetters, requests };
  return {
    trouble,
    api: functionApi(inside),
    consumer: consumerApi(inside, polls),
    async produce(body) {
      const entry = { Id: '0', MessageBody: body };
      const answer = await send(inside, settings.queueUrl, [entry]).catch(() => undefined);
      return answer?.Successful?.length === 1;
    },
    deadLetters: deadLetters.kept,
    depth() {
      queue.store.settle();
      const [visible, inFlight] = [queue.store.count('ready'), queue.store.count('in-flight')];
      return { visible, inFlight, deadLetters: deadLetters.kept().length };
    },
  };
}

const functionApi = (inside: Inside): SqsApi => ({
  sendMessageBatch: ({ QueueUrl, Entries = [] }, signal) => send(inside, QueueUrl, Entries, signal),
  changeMessageVisibilityBatch({ Entries = [] }, signal) {
    inside.world.trace.note(`sqs delay ${Entries.length}`);
    const delay = ({ ReceiptHandle = '', VisibilityTimeout = 0 }: ChangeMessageVisibilityBatchRequestEntry) =>
      inside.queue.changeVisibility(ReceiptHandle, VisibilityTimeout * 1000);
    return inside.requests.batch(Entries, delay, { signal });
  },
});

const consumerApi = ({ world, queue, requests }: Inside, polls: LongPolls): ConsumerApi => ({
  async receive(most, waitMs) {
    const messages = await requests.attempt(() => polls.receive(most, waitMs));
    if (messages.length > 0) world.trace.note(`sqs receive ${messages.length}`);
    return messages.map(toMessage);
  },
  async remove(receiptHandles) {
    world.trace.note(`sqs delete ${receiptHandles.length}`);
    const entries = receiptHandles.map((handle, index) => ({ Id: String(index), handle }));
    await requests.batch(entries, ({ handle }) => void queue.remove(handle), { attempts: 1 });
  },
});

function send(
  inside: Inside,
  url: string | undefined,
  entries: readonly SendMessageBatchRequestEntry[],
  signal?: AbortSignal,
): Promise<BatchAnswer> {
  inside.world.trace.note(`sqs send ${entries.length}`);
  const bytes = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
  const fault = bytes > maxBatchBytes ? { fault: 'BatchRequestTooLong' } : {};
  return inside.requests.batch(entries, (entry) => store(inside, url, entry), {
    ...(signal && { signal }),
    ...fault,
  });
}

function store(
  { settings, world, queue, deadLetters }: Inside,
  url: string | undefined,
  {
    MessageBody: body = '',
    MessageAttributes: attributes,
    MessageGroupId: group,
    DelaySeconds = 0,
  }: SendMessageBatchRequestEntry,
): string | undefined {
  if (body === '' || refusedCharacter.test(body)) return 'InvalidMessageContents';
  if (url === settings.queueUrl) queue.send({ body, attributes, group, delayMs: DelaySeconds * 1000 });
  else if (url === settings.deadLetterQueueUrl)
    deadLetters.store({ key: keyOf(body), body, attributes }, world.scheduler.now());
  else return 'QueueDoesNotExist';
  return undefined;
}
