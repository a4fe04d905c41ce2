/** The local queue takes and refuses the characters that SQS does, so that what works here works when deployed. */
import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueueServer } from '../../../local/sqs/queue-server.ts';
import { startQueue } from './queue-support.ts';

let queue: QueueServer;
let client: SQSClient;

beforeAll(async () => {
  queue = await startQueue({ visibilityTimeoutSeconds: 30 });
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  client = new SQSClient({ region: 'us-east-1', endpoint: queue.url, credentials });
});
afterAll(async () => {
  client.destroy();
  await queue.stop();
});

const send = (MessageBody: string) =>
  client.send(
    new SendMessageBatchCommand({ QueueUrl: queue.queueUrl, Entries: [{ Id: 'one', MessageBody }] }),
  );

describe('the body of a message', () => {
  test.each([
    ['an emoji', 'thanks 😀'],
    ['the first and last character beyond the basic plane', '\u{10000}\u{10FFFF}'],
    ['tab, line feed, carriage return', 'a\tb\nc\rd'],
    ['the borders of the basic plane', '\u0020\uD7FF\uE000\uFFFD'],
  ])('accepts a body with %s', async (_, body) => {
    expect((await send(body)).Failed ?? []).toEqual([]);
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: queue.queueUrl }));
    expect(Messages.map(({ Body }) => Body)).toEqual([body]);
  });

  test.each(['\u0000', '\u000B', '\uFFFE', '\uFFFF'])(
    'refuses a body with the character %j',
    async (body) => {
      expect((await send(`a${body}`)).Failed?.[0]?.Code).toBe('InvalidMessageContents');
    },
  );
});
