/** A real SQS protocol server on loopback (fauxqs, in memory), with the queue and the dead-letter queue of a stage. */
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { PortTaken } from './loopback-server.ts';

export interface QueueServerSettings {
  /** 0 takes a free port. */
  port: number;
  stage: string;
  region: string;
  maxReceiveCount: number;
  visibilityTimeoutSeconds: number;
}

interface QueueDepth {
  visible: number;
  inFlight: number;
  delayed: number;
}

/** A dead letter as its attributes tell it; the body stays in the queue, since it holds personal data. */
interface DeadLetter {
  messageId: string;
  attributes: Record<string, string>;
}

export interface QueueServer {
  url: string;
  queueUrl: string;
  queueArn: string;
  deadLetterQueueUrl: string;
  depth(queueUrl: string): Promise<QueueDepth>;
  /** The oldest dead letters, without taking them. */
  deadLetters(): Promise<DeadLetter[]>;
  stop(): Promise<void>;
}

/** The longest that SQS keeps a message, so that nothing expires before it was delivered or parked. */
const retentionSeconds = String(14 * 24 * 3600);
const maxDeadLetters = 50;
const accountId = '000000000000';

async function createQueues(client: SQSClient, settings: QueueServerSettings, name: string): Promise<void> {
  const { region, maxReceiveCount, visibilityTimeoutSeconds } = settings;
  const MessageRetentionPeriod = retentionSeconds;
  const deadLetterName = `${name}-dlq`;
  await client.send(
    new CreateQueueCommand({ QueueName: deadLetterName, Attributes: { MessageRetentionPeriod } }),
  );
  const deadLetterTargetArn = `arn:aws:sqs:${region}:${accountId}:${deadLetterName}`;
  const Attributes = {
    MessageRetentionPeriod,
    VisibilityTimeout: String(visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
  };
  await client.send(new CreateQueueCommand({ QueueName: name, Attributes }));
}

async function readDepth(client: SQSClient, QueueUrl: string): Promise<QueueDepth> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
  };
}

interface InspectedMessage {
  messageId: string;
  messageAttributes?: Record<string, { StringValue?: string }>;
}

/** Receiving them would hide them from an operator's replay for a while; fauxqs shows them as they lie. */
async function inspectDeadLetters(url: string, name: string): Promise<DeadLetter[]> {
  const response = await fetch(`${url}/_fauxqs/queues/${name}-dlq`);
  const { messages } = (await response.json()) as { messages: { ready: InspectedMessage[] } };
  return messages.ready.slice(0, maxDeadLetters).map(({ messageId, messageAttributes = {} }) => {
    const attributes = Object.entries(messageAttributes).map(([key, { StringValue = '' }]) => [
      key,
      StringValue,
    ]);
    return { messageId, attributes: Object.fromEntries(attributes) };
  });
}

/** SQS's own list (SendMessageBatch): `#x9 #xA #xD #x20-#xD7FF #xE000-#xFFFD #x10000-#x10FFFF`. */
const unfitForSqs = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** fauxqs 2.4.1 forgets the last range, and would refuse every event with an emoji in it. */
async function takeAllCharactersOfSqs(): Promise<void> {
  const rules = new URL('sqs/sqsTypes.js', import.meta.resolve('fauxqs'));
  const { INVALID_MESSAGE_BODY_CHAR: rule }: { INVALID_MESSAGE_BODY_CHAR: RegExp } = await import(rules.href);
  rule.test = (text) => unfitForSqs.test(text);
}

/** `startFauxqs` listens on every address of the machine; its app, listened on by us, on loopback only. */
export async function startQueueServer(settings: QueueServerSettings): Promise<QueueServer> {
  await takeAllCharactersOfSqs();
  const app = buildApp({ logger: false, defaultRegion: settings.region });
  const url = await app
    .listen({ port: settings.port, host: '127.0.0.1' })
    .catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EADDRINUSE' ? new PortTaken(settings.port) : error;
    });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SQSClient({ region: settings.region, endpoint: url, credentials });
  const name = `tiktok-events-${settings.stage}`;
  await createQueues(client, settings, name);
  return {
    url,
    queueUrl: `${url}/${accountId}/${name}`,
    queueArn: `arn:aws:sqs:${settings.region}:${accountId}:${name}`,
    deadLetterQueueUrl: `${url}/${accountId}/${name}-dlq`,
    depth: (queueUrl) => readDepth(client, queueUrl),
    deadLetters: () => inspectDeadLetters(url, name),
    stop: async () => {
      client.destroy();
      await app.close();
    },
  };
}
