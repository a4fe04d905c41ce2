/** Notices of SNS and objects of S3, with AWS's own clients. */
import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type NoticesServer, startNotices } from '../../../local/aws/notices.ts';
import { type ObjectsServer, startObjects } from '../../../local/aws/objects.ts';

const region = 'us-east-1';
const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
const TopicArn = 'arn:aws:sns:us-east-1:000000000000:alarms';

describe('a notice', () => {
  let server: NoticesServer;
  let client: SNSClient;
  beforeEach(async () => {
    server = await startNotices({ topicArns: [TopicArn] });
    client = new SNSClient({ region, credentials, endpoint: server.url, maxAttempts: 1 });
  });
  afterEach(async () => {
    client.destroy();
    await server.stop();
  });
  const publish = (input: object) => client.send(new PublishCommand({ TopicArn, Message: 'text', ...input }));

  test('is remembered', async () => {
    const { MessageId } = await publish({ Subject: 'Sync orders failed', Message: 'A & B\nC' });
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(server.notices).toEqual([
      { topicArn: TopicArn, subject: 'Sync orders failed', message: 'A & B\nC' },
    ]);
  });

  test.each([
    ['to another topic', { TopicArn: `${TopicArn}-2` }, 'NotFoundException'],
    ['with a subject of two lines', { Subject: 'a\nb' }, 'InvalidParameterException'],
    ['with a long subject', { Subject: 'a'.repeat(101) }, 'InvalidParameterException'],
    ['without a text', { Message: '' }, 'InvalidParameterException'],
  ])('%s is refused', async (_, input, name) => {
    await expect(publish(input)).rejects.toMatchObject({ name });
    expect(server.notices).toEqual([]);
  });
});

describe('an object', () => {
  let server: ObjectsServer;
  let client: S3Client;
  beforeEach(async () => {
    server = await startObjects({ buckets: ['rejects'] });
    client = new S3Client({ region, credentials, endpoint: server.url, maxAttempts: 1 });
  });
  afterEach(async () => {
    client.destroy();
    await server.stop();
  });
  const put = (Body: string | Readable, Bucket = 'rejects') =>
    client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'a folder/one.ndjson',
        Body,
        ...(typeof Body !== 'string' && { ContentLength: 5 }),
      }),
    );
  const stored = () => server.objects.get('rejects/a folder/one.ndjson')?.toString();

  test('is stored from a text and from a stream', async () => {
    await put('{"a":1}\n');
    expect(stored()).toBe('{"a":1}\n');
    await put(Readable.from([Buffer.from('12'), Buffer.from('345')]));
    expect(stored()).toBe('12345');
  });

  test('of an unknown bucket, or without rights, is refused', async () => {
    await expect(put('x', 'nowhere')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    server.fail({ error: 'AccessDenied', operation: 'PutObject', times: 1 });
    await expect(put('x')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
