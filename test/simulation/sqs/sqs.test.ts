/** The simulated SQS: one statement about a standard queue per test. */
import type { Message } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { emptyWorld } from '../surroundings.ts';
import { createSqs, type SqsSettings } from './sqs.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const usual: SqsSettings = {
  queueUrl: 'queue',
  deadLetterQueueUrl: 'dead-letters',
  visibilityTimeoutMs: 185_000,
  maxReceiveCount: 3,
  retentionMs: 4 * dayMs,
  deadLetterRetentionMs: 14 * dayMs,
  maxInFlight: 120_000,
};

const neverAborts = () => new AbortController().signal;
const bodyOf = (key: string) => JSON.stringify({ event_name: 'Purchase', order_id: key });
const keyOf = ({ Body = '' }: Message): string => JSON.parse(Body).order_id;
const handleOf = ({ ReceiptHandle = '' }: Message): string => ReceiptHandle;

function queueWorld(changes: Partial<SqsSettings> = {}, seed = 1) {
  const world = emptyWorld(seed);
  const sqs = createSqs(world, { ...usual, ...changes });
  const { during, scheduler } = world;
  const send = (keys: readonly string[], group?: string) =>
    during(
      sqs.api.sendMessageBatch(
        {
          QueueUrl: 'queue',
          Entries: keys.map((key, index) => ({
            Id: String(index),
            MessageBody: bodyOf(key),
            ...(group && { MessageGroupId: group }),
          })),
        },
        neverAborts(),
      ),
    );
  const delay = (message: Message, VisibilityTimeout: number) =>
    during(
      sqs.api.changeMessageVisibilityBatch(
        { QueueUrl: 'queue', Entries: [{ Id: '0', ReceiptHandle: handleOf(message), VisibilityTimeout }] },
        neverAborts(),
      ),
    );
  /** Receives until a receive gives nothing: one receive can give fewer than there are. */
  const receiveAll = async () => {
    const all: Message[] = [];
    for (;;) {
      const received = await during(sqs.consumer.receive(10, 0), 100);
      if (received.length === 0) return all;
      all.push(...received);
    }
  };
  const receiveOne = async () => {
    const [message] = await receiveAll();
    if (message === undefined) throw new Error('nothing was received');
    return message;
  };
  const remove = (...messages: readonly Message[]) => during(sqs.consumer.remove(messages.map(handleOf)));
  const pass = (ms: number) => scheduler.run(scheduler.now() + ms);
  return { world, sqs, send, delay, receiveAll, receiveOne, remove, pass };
}

const letters = (count: number) => Array.from({ length: count }, (_, index) => `e${index}`);

test('SQS hands out each message once until its visibility timeout ends, then again', async () => {
  const { send, receiveAll, pass } = queueWorld();
  await send(['a', 'b']);
  expect((await receiveAll()).map(keyOf).sort()).toEqual(['a', 'b']);
  await pass(170_000);
  expect(await receiveAll()).toEqual([]);
  await pass(16_000);
  const again = await receiveAll();
  expect(again.map(keyOf).sort()).toEqual(['a', 'b']);
  expect(again[0]?.Attributes?.ApproximateReceiveCount).toBe('2');
});

test('SQS keeps the times of the sending and of the first receive of a message', async () => {
  const { send, receiveOne, pass } = queueWorld();
  await send(['a']);
  const first = await receiveOne();
  await pass(200_000);
  const second = await receiveOne();
  expect(second.Attributes?.SentTimestamp).toBe(first.Attributes?.SentTimestamp);
  expect(second.Attributes?.ApproximateFirstReceiveTimestamp).toBe(
    first.Attributes?.ApproximateFirstReceiveTimestamp,
  );
});

test('a deleted message leaves the queue for good', async () => {
  const { world, sqs, send, receiveAll, remove, pass } = queueWorld();
  await send(['a']);
  await remove(...(await receiveAll()));
  await pass(hourMs);
  expect(await receiveAll()).toEqual([]);
  expect(sqs.depth()).toEqual({ visible: 0, inFlight: 0, deadLetters: 0 });
  expect(world.facts.map(({ kind }) => kind)).toEqual(['queued', 'removed']);
});

test('ChangeMessageVisibility hides a message for the seconds that it names', async () => {
  const { send, receiveOne, receiveAll, delay, pass } = queueWorld();
  await send(['a']);
  await delay(await receiveOne(), 600);
  await pass(580_000);
  expect(await receiveAll()).toEqual([]);
  await pass(20_000);
  expect(await receiveAll()).toHaveLength(1);
});

test('ChangeMessageVisibility hides a message for 12 hours after its receive at most', async () => {
  const { send, receiveOne, delay } = queueWorld();
  await send(['a']);
  const message = await receiveOne();
  expect((await delay(message, 43_200)).Failed).toMatchObject([{ Code: 'InvalidParameterValue' }]);
  expect((await delay(message, 43_000)).Successful).toHaveLength(1);
});

test('ChangeMessageVisibility fails with the receipt handle of an earlier receive', async () => {
  const { send, receiveOne, delay, pass } = queueWorld();
  await send(['a']);
  const first = await receiveOne();
  await pass(200_000);
  expect((await delay(first, 60)).Failed).toMatchObject([{ Code: 'MessageNotInflight' }]);
  await receiveOne();
  expect((await delay(first, 60)).Failed).toMatchObject([{ Code: 'ReceiptHandleIsInvalid' }]);
});

test('a deletion with the receipt handle of an earlier receive does not always delete', async () => {
  const { sqs, send, receiveAll, remove, pass } = queueWorld();
  for (let batch = 0; batch < 4; batch += 1) await send(letters(10));
  const first = await receiveAll();
  await pass(200_000);
  await receiveAll();
  for (let start = 0; start < first.length; start += 10) await remove(...first.slice(start, start + 10));
  expect(sqs.depth().inFlight).toBeGreaterThan(5);
  expect(sqs.depth().inFlight).toBeLessThan(35);
});

test('a message with a delay can be received only when the delay ends', async () => {
  const { world, sqs, receiveAll, pass } = queueWorld();
  const Entries = [{ Id: '0', MessageBody: bodyOf('a'), DelaySeconds: 60 }];
  await world.during(sqs.api.sendMessageBatch({ QueueUrl: 'queue', Entries }, neverAborts()));
  expect(await receiveAll()).toEqual([]);
  expect(sqs.depth()).toMatchObject({ visible: 0, inFlight: 0 });
  await pass(60_000);
  expect(await receiveAll()).toHaveLength(1);
});

test('a receive gives nothing while the most messages are in flight', async () => {
  const { sqs, send, receiveAll, remove } = queueWorld({ maxInFlight: 4 });
  await send(letters(9));
  const first = await receiveAll();
  expect(first).toHaveLength(4);
  expect(sqs.depth()).toMatchObject({ visible: 5, inFlight: 4 });
  await remove(...first.slice(0, 3));
  expect(await receiveAll()).toHaveLength(3);
});

test('SQS moves a message at the receive after its last, with its body, and without attributes', async () => {
  const { world, sqs, send, receiveAll, pass } = queueWorld();
  await send(['a']);
  for (let receive = 0; receive < 3; receive += 1) {
    expect(await receiveAll()).toHaveLength(1);
    await pass(200_000);
  }
  expect(sqs.depth().deadLetters).toBe(0);
  expect(await receiveAll()).toEqual([]);
  expect(sqs.deadLetters()).toMatchObject([{ key: 'a', body: bodyOf('a'), attributes: {} }]);
  expect(world.facts.slice(1)).toMatchObject([
    { kind: 'dead-letter', key: 'a', attributes: {} },
    { kind: 'removed', key: 'a', how: 'redriven' },
  ]);
});

test('a message that SQS moves is kept for 14 days from when it was sent', async () => {
  const { world, sqs, send, receiveAll, pass } = queueWorld();
  await send(['a']);
  const sentAtMs = world.scheduler.now() - 10_000;
  await pass(2 * dayMs);
  for (let receive = 0; receive < 4; receive += 1) {
    await receiveAll();
    await pass(200_000);
  }
  const [letter] = sqs.deadLetters();
  expect((letter?.keptUntilMs ?? 0) - sentAtMs).toBeLessThan(14 * dayMs + 1_000);
  await pass(12 * dayMs);
  expect(sqs.depth().deadLetters).toBe(0);
});

test('a dead letter that the consumer sends keeps its attributes', async () => {
  const { world, sqs } = queueWorld();
  const MessageAttributes = { reason: { DataType: 'String', StringValue: 'expired' } };
  const Entries = [{ Id: '0', MessageBody: bodyOf('a'), MessageAttributes }];
  await world.during(sqs.api.sendMessageBatch({ QueueUrl: 'dead-letters', Entries }, neverAborts()));
  expect(sqs.deadLetters()).toMatchObject([{ key: 'a', attributes: { reason: 'expired' } }]);
});

test('a message that nobody deletes leaves the queue at the end of its retention', async () => {
  const { world, sqs, send, pass } = queueWorld();
  await send(['a']);
  await pass(4 * dayMs - 60_000);
  expect(sqs.depth().visible).toBe(1);
  await pass(60_000);
  expect(sqs.depth().visible).toBe(0);
  expect(world.facts.at(-1)).toMatchObject({ kind: 'removed', key: 'a', how: 'retention' });
});

test('SQS gives messages mostly, but not strictly, in the order in which they were sent', async () => {
  const { send, receiveAll, pass } = queueWorld();
  for (let second = 0; second < 20; second += 1) {
    await send(letters(10).map((key) => `${String(second).padStart(2, '0')}${key}`));
    await pass(500);
  }
  const keys = (await receiveAll()).map(keyOf);
  const places = keys.map((key) => keys.toSorted().indexOf(key));
  const near = places.filter((place, index) => Math.abs(place - index) < 20);
  expect(keys).not.toEqual(keys.toSorted());
  expect(near.length).toBeGreaterThan(180);
});

test('a group with more than a tenth of what is in flight waits behind the others', async () => {
  const { sqs, world, send, receiveAll } = queueWorld();
  for (let batch = 0; batch < 4; batch += 1) await send(letters(10), 'many');
  await receiveAll();
  await send(letters(10), 'many');
  await send(
    letters(5).map((key) => `other-${key}`),
    'few',
  );
  const next: Message[] = [];
  while (next.length < 5) next.push(...(await world.during(sqs.consumer.receive(5 - next.length, 0), 100)));
  expect(next.map(keyOf).every((key) => key.startsWith('other-'))).toBe(true);
  expect(await receiveAll()).toHaveLength(10);
});

test('SQS can hand out a message twice at the same time', async () => {
  const { sqs, send, receiveAll } = queueWorld({ maxReceiveCount: 100 });
  sqs.trouble.repeats = 0.5;
  await send(letters(10));
  const received = await receiveAll();
  expect(received.length).toBeGreaterThan(10);
  expect(new Set(received.map(handleOf)).size).toBe(received.length);
  expect(new Set(received.map(({ MessageId }) => MessageId)).size).toBe(10);
});

test('SQS can hand out a message again that it has deleted, which then left the queue once', async () => {
  const { world, sqs, send, receiveAll, remove, pass } = queueWorld();
  await send(letters(10));
  const received = await receiveAll();
  sqs.trouble.repeats = 1;
  await remove(...received);
  sqs.trouble.repeats = 0;
  expect(world.facts.filter(({ kind }) => kind === 'removed')).toHaveLength(10);
  await pass(60_000);
  const again = await receiveAll();
  expect(again.length).toBeGreaterThan(0);
  await remove(...again);
  await pass(hourMs);
  expect(sqs.depth().inFlight).toBe(0);
  expect(world.facts.filter(({ kind }) => kind === 'removed')).toHaveLength(10);
});
