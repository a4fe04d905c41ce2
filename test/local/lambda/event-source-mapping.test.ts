/** The event source mapping treats a real queue as Lambda does, whatever the function answers. */
import { describe, expect, test } from 'vitest';
import { cutByPayload } from '../../../local/lambda/event-source-mapping.ts';
import { eventually } from '../../support/eventually.ts';
import { isEmpty, numbers, send, useMappings } from '../sqs/queue-support.ts';

const { start, map } = useMappings();

type Invoke = Parameters<typeof map>[1];

describe('a batch', () => {
  test('collects up to 50 messages, although SQS returns ten at a time', async () => {
    const queue = await start({ visibilityTimeoutSeconds: 30 });
    await send(queue, numbers(120));
    const { bodies } = map(queue, () => null, { windowMs: 3_000, maximumConcurrency: 1 });
    await eventually(() => bodies().flat().length === 120);
    expect(bodies().map((batch) => batch.length)).toEqual([50, 50, 20]);
    expect(new Set(bodies().flat()).size).toBe(120);
    await eventually(() => isEmpty(queue));
  });

  test('invokes the function at the end of the window with an incomplete batch', async () => {
    const queue = await start({ visibilityTimeoutSeconds: 30 });
    const { bodies } = map(queue, () => null, { windowMs: 1_500 });
    await send(queue, ['first']);
    await eventually(async () => (await queue.depth(queue.queueUrl)).inFlight === 1);
    await send(queue, ['second']);
    await eventually(() => bodies().length > 0);
    expect(bodies()).toEqual([['first', 'second']]);
  });

  test('passes records in the format of Lambda', async () => {
    const queue = await start();
    await send(queue, ['{"a":"ü"}']);
    const { batches } = map(queue, () => null);
    await eventually(() => batches.length > 0);
    const [record] = batches[0]?.Records ?? [];
    expect(record).toMatchObject({
      body: '{"a":"ü"}',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:tiktok-events-test',
      awsRegion: 'us-east-1',
      messageAttributes: {
        kind: { stringValue: 'test', dataType: 'String', stringListValues: [], binaryListValues: [] },
      },
    });
    expect(record?.messageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(record?.md5OfBody).toMatch(/^[0-9a-f]{32}$/);
    expect(record?.receiptHandle).not.toBe('');
    expect(record?.attributes).toMatchObject({ ApproximateReceiveCount: '1', SenderId: expect.any(String) });
    expect(Number(record?.attributes.SentTimestamp)).toBeGreaterThan(1.7e12);
    expect(Number(record?.attributes.ApproximateFirstReceiveTimestamp)).toBeGreaterThan(1.7e12);
  });

  test('splits a batch that does not fit one invocation', () => {
    const message = (length: number) => ({ Body: 'x'.repeat(length) });
    const parts = cutByPayload([message(4000), message(1000), message(1), message(9000), message(1)], 10_000);
    expect(parts.map((part) => part.map(({ Body }) => Body?.length))).toEqual([
      [4000, 1000],
      [1],
      [9000],
      [1],
    ]);
    expect(cutByPayload([])).toEqual([]);
  });
});

describe('messages', () => {
  test('returns the messages that the function reports and deletes the others', async () => {
    const queue = await start();
    await send(queue, ['good', 'bad']);
    let calls = 0;
    const { bodies, batches } = map(queue, ({ Records }) => {
      calls += 1;
      const failed = calls === 1 ? Records.filter(({ body }) => body === 'bad') : [];
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
    await eventually(() => batches.length > 1);
    expect(bodies().map((batch) => [...batch].sort())).toEqual([['bad', 'good'], ['bad']]);
    expect(batches[1]?.Records[0]?.attributes.ApproximateReceiveCount).toBe('2');
    await eventually(() => isEmpty(queue));
  });

  test.each<[string, Invoke, number?]>([
    ['throws', () => Promise.reject(new Error('thrown'))],
    ['times out', () => new Promise(() => undefined), 50],
    ['answers something that is not JSON', () => ({ batchItemFailures: 1n })],
    ['names an unknown message', () => ({ batchItemFailures: [{ itemIdentifier: 'unknown' }] })],
    ['answers text', () => 'ok'],
  ])('returns all messages when the function %s', async (_, fail, timeoutMs = 5_000) => {
    const queue = await start();
    await send(queue, ['one', 'two']);
    let calls = 0;
    const invoke: Invoke = (...args) => {
      calls += 1;
      return calls === 1 ? fail(...args) : undefined;
    };
    const { bodies } = map(queue, invoke, { timeoutMs });
    await eventually(() => bodies().flat().length >= 4);
    expect(bodies().flat().sort()).toEqual(['one', 'one', 'two', 'two']);
    await eventually(() => isEmpty(queue));
  });

  test('moves messages to the dead-letter queue after too many failures', async () => {
    const queue = await start({ maxReceiveCount: 2 });
    await send(queue, ['poison']);
    const { bodies } = map(queue, () => Promise.reject(new Error('always')));
    await eventually(async () => (await queue.deadLetters()).length === 1);
    expect(bodies()).toEqual([['poison'], ['poison']]);
    expect(await isEmpty(queue)).toBe(true);
  });
});
