/** Calls to the simulated SQS: the rules of batches, and what can go wrong on the way. */
import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { emptyWorld } from '../surroundings.ts';
import { createSqs } from './sqs.ts';

const settings = {
  queueUrl: 'queue',
  deadLetterQueueUrl: 'dead-letters',
  visibilityTimeoutMs: 185_000,
  maxReceiveCount: 3,
  retentionMs: 4 * 86_400_000,
  deadLetterRetentionMs: 14 * 86_400_000,
  maxInFlight: 120_000,
};

function senderWorld() {
  const world = emptyWorld();
  const sqs = createSqs(world, settings);
  const call = (Entries: SendMessageBatchRequestEntry[], signal = new AbortController().signal) =>
    sqs.api.sendMessageBatch({ QueueUrl: 'queue', Entries }, signal);
  const send = (Entries: SendMessageBatchRequestEntry[]) => world.during(call(Entries));
  return { world, sqs, call, send, stored: () => sqs.depth().visible };
}

const entries = (count: number): SendMessageBatchRequestEntry[] =>
  Array.from({ length: count }, (_, index) => ({ Id: `${index}`, MessageBody: `{"order_id":"e${index}"}` }));

test('a batch of more than ten entries is rejected as a whole', async () => {
  const { send, stored } = senderWorld();
  await expect(send(entries(11))).rejects.toThrow('TooManyEntriesInBatchRequest');
  expect(stored()).toBe(0);
});

test('a batch of more than 1 MiB, attributes included, is rejected as a whole', async () => {
  const { send, stored } = senderWorld();
  const [entry] = entries(1);
  const body = 'x'.repeat(1_048_570);
  const MessageAttributes = { reason: { DataType: 'String', StringValue: 'expired' } };
  await expect(send([{ ...entry, Id: 'a', MessageBody: body, MessageAttributes }])).rejects.toThrow(
    'BatchRequestTooLong',
  );
  await send([{ Id: 'a', MessageBody: body }]);
  expect(stored()).toBe(1);
});

test('a batch with the same id twice, an unusable id or no entry is rejected as a whole', async () => {
  const { send, stored } = senderWorld();
  const [first] = entries(1);
  await expect(send([...entries(1), ...entries(1)])).rejects.toThrow('BatchEntryIdsNotDistinct');
  await expect(send([{ ...first, Id: 'a b', MessageBody: 'x' }])).rejects.toThrow('InvalidBatchEntryId');
  await expect(send([])).rejects.toThrow('EmptyBatchRequest');
  expect(stored()).toBe(0);
});

test('an entry with a character that SQS refuses fails alone', async () => {
  const { send, stored } = senderWorld();
  const answer = await send([...entries(1), { Id: 'bad', MessageBody: '\ufffe' }]);
  expect(answer.Successful).toMatchObject([{ Id: '0' }]);
  expect(answer.Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidMessageContents' }]);
  expect(stored()).toBe(1);
});

test('some entries of a batch can fail while the call succeeds', async () => {
  const { sqs, send, stored } = senderWorld();
  sqs.trouble.failsEntry = 0.5;
  const { Successful = [], Failed = [] } = await send(entries(10));
  expect(Successful.length + Failed.length).toBe(10);
  expect(Failed.length).toBeGreaterThan(0);
  expect(stored()).toBe(Successful.length);
});

test('a call that fails stores nothing', async () => {
  const { sqs, send, stored } = senderWorld();
  sqs.trouble.fails = 1;
  await expect(send(entries(3))).rejects.toThrow('ServiceUnavailable');
  expect(stored()).toBe(0);
});

test('a call whose answer is lost has its effect, once for each attempt of the SDK', async () => {
  const { sqs, send, stored } = senderWorld();
  sqs.trouble.losesAnswer = 1;
  await expect(send(entries(3))).rejects.toThrow();
  expect(stored()).toBe(6);
});

test('an aborted call rejects with AbortError, and can have its effect all the same', async () => {
  const { world, sqs, call, stored } = senderWorld();
  sqs.trouble.losesAnswer = 1;
  const controller = new AbortController();
  world.scheduler.after(15, () => controller.abort());
  await expect(world.during(call(entries(1), controller.signal))).rejects.toThrow('AbortError');
  expect(stored()).toBeGreaterThan(0);
});

test('a call with a signal that is already aborted sends nothing', async () => {
  const { world, call, stored } = senderWorld();
  await expect(world.during(call(entries(1), AbortSignal.abort()))).rejects.toThrow('AbortError');
  expect(stored()).toBe(0);
});

test('a producer learns whether SQS has stored its message', async () => {
  const { world, sqs, stored } = senderWorld();
  expect(await world.during(sqs.produce('{"order_id":"a"}'))).toBe(true);
  sqs.trouble.fails = 1;
  expect(await world.during(sqs.produce('{"order_id":"b"}'))).toBe(false);
  expect(stored()).toBe(1);
});

test('the longest waiting poll gets a message as soon as it is sent, and the other one nothing', async () => {
  const { world, sqs, send } = senderWorld();
  const first = sqs.consumer.receive(10, 20_000);
  await world.scheduler.run(world.scheduler.now() + 1_000);
  const second = sqs.consumer.receive(10, 9_000);
  await send(entries(1));
  expect(await world.during(first, 0)).toHaveLength(1);
  expect(await world.during(second)).toEqual([]);
});

test('a long poll without messages costs no step until a message returns', async () => {
  const { world, sqs, send } = senderWorld();
  await send(entries(1));
  expect(await world.during(sqs.consumer.receive(10, 0))).toHaveLength(1);
  const again = sqs.consumer.receive(10, Number.POSITIVE_INFINITY);
  expect(await world.scheduler.run(world.scheduler.now() + 3_600_000)).toBe(3);
  expect(await world.during(again, 0)).toHaveLength(1);
});

test('the key of an event is found in its message, also within an envelope', async () => {
  const { world, sqs } = senderWorld();
  const event = JSON.stringify({ event_name: 'Purchase', order_id: 'a-1.b' });
  const bodies = [
    event,
    JSON.stringify({ v: 1, event: JSON.parse(event) }),
    JSON.stringify({ Type: 'Notification', Message: event }),
    JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ v: 1, event: JSON.parse(event) }) }),
  ];
  for (const body of bodies) await world.during(sqs.produce(body));
  expect(world.facts).toMatchObject(bodies.map(() => ({ kind: 'queued', key: 'a-1.b' })));
});
