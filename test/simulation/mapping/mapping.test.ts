/** The simulated event source mapping: one statement about Lambda's pollers per test. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { clockOf } from '../engine/scheduler.ts';
import { ThrottledError } from '../lambda/lambda.ts';
import { createSqs } from '../sqs/sqs.ts';
import { emptyWorld } from '../surroundings.ts';
import { createMapping } from './mapping.ts';

const minuteMs = 60_000;

const queueSettings = {
  queueUrl: 'queue',
  deadLetterQueueUrl: 'dead-letters',
  visibilityTimeoutMs: 185_000,
  maxReceiveCount: 3,
  retentionMs: 4 * 86_400_000,
  deadLetterRetentionMs: 14 * 86_400_000,
  maxInFlight: 120_000,
};

type Consume = (event: SQSEvent, run: number) => Promise<unknown>;

function mappedWorld(consume: Consume, maximumConcurrency = 2) {
  const world = emptyWorld();
  const sqs = createSqs(world, queueSettings);
  const runs: { readonly atMs: number; readonly keys: string[] }[] = [];
  const consumer = {
    trouble: { crashes: 0, startsCold: 0 },
    async invoke(event: SQSEvent) {
      const keys = event.Records.map(({ body }) => JSON.parse(body).order_id);
      runs.push({ atMs: world.scheduler.now(), keys });
      return (await consume(event, runs.length)) as SQSBatchResponse;
    },
  };
  const settings = { visibilityTimeoutMs: 185_000, windowMs: 5_000, maximumConcurrency };
  createMapping({ ...world, queue: sqs.consumer, consumer, settings }).start();
  const { scheduler } = world;
  const pass = (ms: number) => scheduler.run(scheduler.now() + ms);
  const send = (count: number, padding = '') => {
    const bodies = Array.from({ length: count }, (_, index) =>
      JSON.stringify({ order_id: `e${index}`, padding }),
    );
    return Promise.all(bodies.map(sqs.produce));
  };
  return { world, sqs, runs, pass, send };
}

const succeeds: Consume = async () => ({ batchItemFailures: [] });
const seconds = (ms: number) => Math.round(ms / 1_000);

test('a batch is collected for its window after the first message', async () => {
  const { runs, send, pass, world } = mappedWorld(succeeds, 1);
  const startMs = world.scheduler.now();
  void send(3);
  await pass(minuteMs);
  expect(runs.map(({ keys }) => keys.length)).toEqual([3]);
  expect(seconds((runs[0]?.atMs ?? 0) - startMs)).toBe(5);
});

test('a batch has 50 messages at most, and a full one does not wait for its window', async () => {
  const { runs, send, pass, world } = mappedWorld(succeeds, 1);
  const startMs = world.scheduler.now();
  void send(70);
  await pass(minuteMs);
  expect(runs.map(({ keys }) => keys.length)).toEqual([50, 20]);
  expect((runs[0]?.atMs ?? 0) - startMs).toBeLessThan(1_000);
});

test('a batch has 6 MB at most', async () => {
  const { runs, send, pass } = mappedWorld(succeeds, 1);
  void send(9, 'x'.repeat(1_000_000));
  await pass(minuteMs);
  expect(runs.map(({ keys }) => keys.length)).toEqual([6, 3]);
});

test('the mapping runs no more batches at once than its maximum concurrency', async () => {
  let [running, most] = [0, 0];
  const { send, pass, world } = mappedWorld(async () => {
    running += 1;
    most = Math.max(most, running);
    await clockOf(world.scheduler).pause(20_000);
    running -= 1;
    return undefined;
  }, 3);
  void send(400);
  await pass(15_000);
  expect(most).toBe(3);
});

test('the messages of a batch that succeeds are deleted', async () => {
  const { sqs, send, pass } = mappedWorld(succeeds);
  void send(30);
  await pass(minuteMs);
  expect(sqs.depth()).toEqual({ visible: 0, inFlight: 0, deadLetters: 0 });
});

test('only the messages that the function reports as failed return', async () => {
  const { runs, send, pass } = mappedWorld(
    async ({ Records }, run) => ({
      batchItemFailures:
        run > 1 ? [] : Records.slice(0, 2).map(({ messageId: itemIdentifier }) => ({ itemIdentifier })),
    }),
    1,
  );
  void send(5);
  await pass(4 * minuteMs);
  expect(runs[1]?.keys.sort()).toEqual(runs[0]?.keys.slice(0, 2).sort());
});

for (const [title, consume] of [
  ['an unknown id', async () => ({ batchItemFailures: [{ itemIdentifier: 'unknown' }] })],
  ['an empty id', async () => ({ batchItemFailures: [{ itemIdentifier: '' }] })],
  ['an id that is null', async () => ({ batchItemFailures: [{ itemIdentifier: null }] })],
  ['an error', async () => Promise.reject(new Error('crash'))],
] as const satisfies readonly (readonly [string, Consume])[])
  test(`all messages return at the end of their visibility timeout when the function answers with ${title}`, async () => {
    const { sqs, runs, send, pass } = mappedWorld(consume, 1);
    void send(4);
    await pass(minuteMs);
    expect(sqs.depth()).toMatchObject({ visible: 0, inFlight: 4 });
    await pass(3 * minuteMs);
    expect(runs.map(({ keys }) => keys.length)).toEqual([4, 4]);
    expect(seconds((runs[1]?.atMs ?? 0) - (runs[0]?.atMs ?? 0))).toBeGreaterThanOrEqual(180);
  });

test('messages whose deletion fails return at the end of their visibility timeout', async () => {
  const { sqs, runs, send, pass } = mappedWorld(async () => {
    sqs.trouble.failsEntry = 0.5;
    return { batchItemFailures: [] };
  }, 1);
  void send(20);
  await pass(minuteMs);
  const { inFlight } = sqs.depth();
  expect(inFlight).toBeGreaterThan(0);
  expect(inFlight).toBeLessThan(20);
  await pass(3 * minuteMs);
  expect(runs[1]?.keys).toHaveLength(inFlight);
});

test('a batch that Lambda throttles is tried again until its visibility timeout ends', async () => {
  const { sqs, runs, send, pass } = mappedWorld(async (_event, run) => {
    if (run < 10) throw new ThrottledError('throttled');
    return { batchItemFailures: [] };
  }, 1);
  void send(2);
  await pass(minuteMs);
  expect(runs).toHaveLength(10);
  expect(sqs.depth()).toMatchObject({ visible: 0, inFlight: 0 });
});

test('hours without a message cost no step', async () => {
  const { send, pass } = mappedWorld(succeeds, 5);
  void send(2);
  await pass(minuteMs);
  expect(await pass(24 * 60 * minuteMs)).toBe(0);
});

test('the mapping goes on after receives that fail', async () => {
  const { sqs, runs, send, pass } = mappedWorld(succeeds);
  await pass(1_000);
  void send(2);
  await pass(1_000);
  sqs.trouble.fails = 1;
  await pass(minuteMs);
  sqs.trouble.fails = 0;
  void send(2);
  await pass(4 * minuteMs);
  expect(new Set(runs.flatMap(({ keys }) => keys)).size).toBe(2);
  expect(sqs.depth()).toMatchObject({ visible: 0, inFlight: 0 });
});
