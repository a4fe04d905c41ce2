/** An SQS server on loopback (fauxqs, in memory) with the queue and the dead-letter queue of a stage. */
import { createServer } from 'node:http';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { deadLetterQueueName, queueName } from '../../lib/config/names.ts';
import { type QueueDepth, readDepth } from '../../lib/queue/queue-depth.ts';
import { guarded } from '../loopback-guard.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { onlyAwsJson, refuseForeign } from './sqs-protocol.ts';

export interface QueueServerSettings {
  /** 0 takes a free port. */
  readonly port: number;
  readonly stage: string;
  readonly region: string;
  readonly maxReceiveCount: number;
  readonly visibilityTimeoutSeconds: number;
}

/** The attributes of a dead letter; its body stays in the queue because it contains personal data. */
interface DeadLetter {
  readonly messageId: string;
  readonly attributes: Record<string, string>;
}

export interface QueueServer {
  readonly url: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly deadLetterQueueUrl: string;
  depth(queueUrl: string): Promise<QueueDepth>;
  /** Lists the oldest dead letters without receiving them. */
  deadLetters(): Promise<DeadLetter[]>;
  stop(): Promise<void>;
}

/** The longest retention of SQS, so that no message expires before it is delivered or parked. */
const retentionSeconds = String(14 * 24 * 3600);
const maxDeadLetters = 50;
const accountId = '000000000000';

interface InspectedMessage {
  readonly messageId: string;
  readonly messageAttributes?: Record<string, { StringValue?: string }>;
}

/** The characters that SQS accepts (SendMessageBatch): `#x9 #xA #xD #x20-#xD7FF #xE000-#xFFFD #x10000-#x10FFFF`. */
const rejectedBySqs = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

type QueueApp = ReturnType<typeof buildApp>;

/** @throws PortTakenError when another program has the port */
export async function startQueueServer(settings: QueueServerSettings): Promise<QueueServer> {
  await acceptAllCharactersOfSqs();
  const app = buildApp({ logger: false, defaultRegion: settings.region });
  const { server, url } = await listen(app, settings.port).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SQSClient({ region: settings.region, endpoint: url, credentials });
  const name = queueName(settings.stage);
  const deadLetterName = deadLetterQueueName(settings.stage);
  await createQueues(client, settings);
  return {
    url,
    queueUrl: `${url}/${accountId}/${name}`,
    queueArn: `arn:aws:sqs:${settings.region}:${accountId}:${name}`,
    deadLetterQueueUrl: `${url}/${accountId}/${deadLetterName}`,
    depth: (queueUrl) => readDepth(client, queueUrl),
    deadLetters: () => inspectDeadLetters(app, deadLetterName),
    stop: async () => {
      client.destroy();
      await Promise.all([app.close(), closeServer(server)]);
    },
  };
}

async function createQueues(client: SQSClient, settings: QueueServerSettings): Promise<void> {
  const { region, stage, maxReceiveCount, visibilityTimeoutSeconds } = settings;
  const MessageRetentionPeriod = retentionSeconds;
  const deadLetterName = deadLetterQueueName(stage);
  await client.send(
    new CreateQueueCommand({ QueueName: deadLetterName, Attributes: { MessageRetentionPeriod } }),
  );
  const deadLetterTargetArn = `arn:aws:sqs:${region}:${accountId}:${deadLetterName}`;
  const Attributes = {
    MessageRetentionPeriod,
    VisibilityTimeout: String(visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
  };
  await client.send(new CreateQueueCommand({ QueueName: queueName(stage), Attributes }));
}

/** Receiving dead letters would hide them from a replay for a while; fauxqs can show them in place. */
async function inspectDeadLetters(app: QueueApp, deadLetterName: string): Promise<DeadLetter[]> {
  const response = await app.inject(`/_fauxqs/queues/${deadLetterName}`);
  const { messages } = response.json<{ messages: { ready: InspectedMessage[] } }>();
  return messages.ready.slice(0, maxDeadLetters).map(({ messageId, messageAttributes = {} }) => {
    const attributes = Object.entries(messageAttributes).map(([key, { StringValue = '' }]) => [
      key,
      StringValue,
    ]);
    return { messageId, attributes: Object.fromEntries(attributes) };
  });
}

/** fauxqs 2.4.1 lacks the last range and would refuse every event that contains an emoji. */
async function acceptAllCharactersOfSqs(): Promise<void> {
  const rules = new URL('sqs/sqsTypes.js', import.meta.resolve('fauxqs'));
  const { INVALID_MESSAGE_BODY_CHAR: rule }: { INVALID_MESSAGE_BODY_CHAR: RegExp } = await import(rules.href);
  rule.test = (text) => rejectedBySqs.test(text);
}

/** `startFauxqs` listens on every address and serves SNS and S3 too; this server is SQS on loopback only. */
async function listen(app: QueueApp, port: number) {
  await app.ready();
  const server = createServer(guarded(onlyAwsJson(app.routing), refuseForeign));
  return { server, url: await listenOnLoopback(server, port) };
}
