/** Letters that SQS, EventBridge and SNS put into the dead-letter queue are named for what they are, and can be replayed. */
import { readFileSync } from 'node:fs';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { expect, test } from 'vitest';
import { browseDeadLetters } from '../../../cli/dead-letters/browse.ts';
import { type DeadLetter, decodeDeadLetter } from '../../../cli/dead-letters/dead-letter.ts';
import { takeLetters } from '../../../cli/dead-letters/letter-queue.ts';
import { replayDeadLetters } from '../../../cli/dead-letters/replay/replay.ts';

const golden = (name: string) =>
  readFileSync(new URL(`../../fixtures/messages/${name}.json`, import.meta.url), 'utf8');

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const ruleArn = 'arn:aws:events:eu-central-1:111122223333:rule/tiktok-events-prod-EventRuleOrders-1A2B';
const eventBridge = {
  RULE_ARN: text(ruleArn),
  TARGET_ARN: text('arn:aws:sqs:eu-central-1:111122223333:tiktok-events-prod'),
  ERROR_CODE: text('NO_PERMISSIONS'),
  ERROR_MESSAGE: text('not authorized'),
};
const source = { DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-central-1:111122223333:tiktok-events-prod' };
const ours = { reason: text('expired'), outcome: text('refused') };
const moved = { reason: 'exhausted', outcome: 'unknown' };

test.each([
  ['a message that SQS moved', {}, source, moved],
  ['a message that SQS moved, with attributes of its producer', ours, source, moved],
  ['a message that SQS moved, with the attributes of EventBridge', eventBridge, source, moved],
  ['a letter of the consumer', ours, {}, { reason: 'expired', outcome: 'refused' }],
  [
    'an event that EventBridge could not queue',
    eventBridge,
    {},
    { reason: 'not_queued', outcome: 'refused', detail: 'NO_PERMISSIONS' },
  ],
  [
    'an event whose error code is no code',
    { ERROR_CODE: text('ada@example.com') },
    {},
    { reason: 'not_queued', detail: undefined },
  ],
  ['a message that SNS could not queue', {}, {}, { reason: 'not_queued', outcome: 'refused' }],
])('%s is named', (_, MessageAttributes, Attributes, expected) => {
  const message = { Body: golden('sns-v1'), MessageAttributes, Attributes };
  expect(decodeDeadLetter(message, false)).toMatchObject({ ...expected });
});

test('asks SQS where each letter came from: it says so only when asked', async () => {
  const send = async ({ input }: ReceiveMessageCommand) => {
    const asked = new Set<string>(input.MessageSystemAttributeNames);
    const Attributes = Object.fromEntries(Object.entries(source).filter(([name]) => asked.has(name)));
    return { Messages: [{ Body: golden('sns'), Attributes }] };
  };
  const sqs = { send } as unknown as SQSClient;
  const [letter] = await takeLetters(sqs, 'https://sqs.eu-central-1.amazonaws.com/111122223333/q-dlq', 1);
  expect(letter).toMatchObject(moved);
});

test.each([
  ['v1', 'shop2'],
  ['sns-v1', 'shop2'],
  ['eventbridge-v1', 'shop2'],
  ['bare', 'default'],
  ['sns', 'default'],
])('the destination of a letter without attributes is read from its body (%s)', (name, destination) => {
  const Body = golden(name).replace('default', 'shop2');
  expect(decodeDeadLetter({ Body }, false).destination).toBe(destination);
});

/** The queue URLs of AWS, answered by a real SQS protocol server. */
async function startAws() {
  const server = await startFauxqs({ port: 0, logger: false });
  const sqs = new SQSClient({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${server.port}`,
    useQueueUrlAsEndpoint: false,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const urlOf = (name: string) => `https://sqs.eu-central-1.amazonaws.com/000000000000/${name}`;
  for (const QueueName of ['events', 'events-dlq']) await sqs.send(new CreateQueueCommand({ QueueName }));
  return {
    sqs,
    queueUrl: urlOf('events'),
    deadLetterQueueUrl: urlOf('events-dlq'),
    async stop() {
      sqs.destroy();
      await server.stop();
    },
  };
}

test('what SNS and EventBridge could not queue is listed, and a replay puts it into the queue unchanged', async () => {
  const { sqs, queueUrl, deadLetterQueueUrl, stop } = await startAws();
  try {
    const bodies = ['sns', 'eventbridge', 'bare'].map(golden);
    for (const MessageBody of bodies)
      await sqs.send(new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody }));
    const { signal } = new AbortController();
    const seen: DeadLetter[] = [];
    await browseDeadLetters({ sqs, queueUrl: deadLetterQueueUrl, signal }, (letter) => seen.push(letter));
    expect(seen.map(({ reason }) => reason)).toEqual(['not_queued', 'not_queued', 'not_queued']);
    const report = await replayDeadLetters({
      sqs,
      queueUrl,
      deadLetterQueueUrl,
      destinations: ['default'],
      filter: { reason: 'not_queued' },
      limit: Number.POSITIVE_INFINITY,
      rate: 100,
      includeUnknown: false,
      renew: false,
      again: false,
      journal: { write: async () => undefined },
      signal,
      onProgress: () => undefined,
    });
    expect(report).toMatchObject({ replayed: 3, still_there: 0 });
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
    );
    expect(Messages.map(({ Body }) => Body).sort()).toEqual(bodies.sort());
  } finally {
    await stop();
  }
});
