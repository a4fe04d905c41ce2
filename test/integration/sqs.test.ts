/** The queue client against a real SQS server: what it says is stored is stored, in bounded time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeMessage } from '../../lib/queue/message.ts';
import { createQueueClient } from '../../lib/queue/queue-client.ts';
import { type Fault, startFaultProxy } from '../support/queue/queue-fault-proxy.ts';
import { startQueueServer } from '../support/queue/queue-server.ts';

let server: Awaited<ReturnType<typeof startQueueServer>>;
let created = 0;
const client = createQueueClient();

beforeAll(async () => {
  server = await startQueueServer();
});
afterAll(() => server.stop());

const newQueue = (attributes?: Record<string, string>) => {
  const name = `q${created++}`;
  return { name, url: server.createQueue(name, attributes) };
};
const messages = (count: number, size = 1) =>
  Array.from({ length: count }, (_, n) => ({ body: `${n}`.padEnd(size, '.') }));
const numbers = (name: string) =>
  server
    .ready(name)
    .map(({ body }) => Number.parseInt(body, 10))
    .toSorted((a, b) => a - b);
const range = (count: number) => Array.from({ length: count }, (_, n) => n);

async function sendThrough(fault: Fault, count: number) {
  const { name } = newQueue();
  const proxy = await startFaultProxy(server.port, fault);
  const startedAt = Date.now();
  const { stored, errors } = await client.send(proxy.urlOf(name), messages(count));
  const tookMs = Date.now() - startedAt;
  await proxy.stop();
  return { stored, errors, kept: numbers(name), batches: proxy.batches, tookMs };
}

test.each([0, 1, 10, 11, 500])('stores each of %d messages once', async (count) => {
  const { name, url } = newQueue();
  expect(await client.send(url, messages(count))).toEqual({ stored: Array(count).fill(true), errors: [] });
  expect(numbers(name)).toEqual(range(count));
});

test('sends texts and attributes exactly', async () => {
  const text = 'ünï \u{1F600} \uFFFE\uFFFF \u0000 \uD800 "\n';
  const written = {
    v: 1,
    event: { event_name: 'Lead', event_id: 'a', event_time: 1, user_agent: text },
    destination: 'default',
    source: 'api',
    received_at: '2026-06-01T12:00:00.000Z',
    not_after: '2026-06-03T11:00:00.000Z',
    trace: 't',
  } as const;
  const { name, url } = newQueue();
  const message = {
    body: encodeMessage(written),
    attributes: { reason: 'tiktok_40002', detail: 'contents, price' },
  };
  expect((await client.send(url, [message])).stored).toEqual([true]);
  expect(server.ready(name)).toEqual([message]);
  expect(JSON.parse(server.ready(name)[0]?.body ?? '')).toEqual(written);
});

test('sends the group of a message to a standard queue, which hands out its messages side by side', async () => {
  const { name } = newQueue();
  const proxy = await startFaultProxy(server.port, {});
  const groups = ['pixel_A-1', 'pixel_A-1', undefined];
  const sent = messages(3).map((message, n) => ({ ...message, groupId: groups[n] }));
  expect((await client.send(proxy.urlOf(name), sent)).errors).toEqual([]);
  await proxy.stop();
  expect(proxy.batches).toMatchObject([{ groups }]);
  expect(await server.receive(name, 10)).toHaveLength(3);
});

test('splits messages of more than 1 MiB by bytes', async () => {
  const { name } = newQueue();
  const proxy = await startFaultProxy(server.port, {});
  expect((await client.send(proxy.urlOf(name), messages(7, 400_000))).stored).toEqual(Array(7).fill(true));
  await proxy.stop();
  expect(numbers(name)).toEqual(range(7));
  expect(proxy.batches.map(({ ids }) => ids.length).toSorted()).toEqual([1, 2, 2, 2]);
  for (const { bytes } of proxy.batches) expect(bytes).toBeLessThanOrEqual(1_048_576);
});

test('counts attributes toward the bytes of a batch', async () => {
  const { name, url } = newQueue();
  const half = (size: number) => ({ body: 'x'.repeat(size), attributes: { reason: 'expired' } });
  const attributeBytes = 'reason'.length + 'expired'.length + 'String'.length;
  const { stored } = await client.send(url, [
    half(524_288 - attributeBytes),
    half(524_288 - attributeBytes + 1),
  ]);
  expect(stored).toEqual([true, true]);
  expect(server.ready(name)).toHaveLength(2);
});

test('stores the other messages when SQS refuses one', async () => {
  const { name, url } = newQueue();
  const { stored } = await client.send(url, [...messages(3, 400_000), { body: 'x'.repeat(1_048_577) }]);
  expect(stored).toEqual([true, true, true, false]);
  expect(server.ready(name)).toHaveLength(3);
});

test('sends only the failed entries of a successful answer again', async () => {
  const { stored, kept, batches } = await sendThrough(
    { fails: ({ Id }, request) => request === 1 && ['3', '7'].includes(Id) },
    10,
  );
  expect(stored).toEqual(Array(10).fill(true));
  expect(kept).toEqual(range(10));
  expect(batches.map(({ ids }) => ids)).toEqual([range(10).map(String), ['3', '7']]);
});

test('reports entries that fail in three rounds', async () => {
  const { stored, kept, batches } = await sendThrough({ fails: ({ Id }) => ['3', '7'].includes(Id) }, 10);
  expect(stored).toEqual(range(10).map((n) => n !== 3 && n !== 7));
  expect(kept).toEqual(range(10).filter((n) => n !== 3 && n !== 7));
  expect(batches).toHaveLength(3);
});

test('gathers the failed entries of several batches into one', async () => {
  const { kept, batches } = await sendThrough(
    { fails: ({ Id }, request) => request <= 3 && Number(Id) % 10 === 0 },
    25,
  );
  expect(kept).toEqual(range(25));
  expect(batches.map(({ ids }) => ids.length).toSorted()).toEqual([10, 10, 3, 5].toSorted());
});

test('makes a failed request again', async () => {
  const { stored, kept } = await sendThrough({ status: (request) => (request === 1 ? 503 : undefined) }, 3);
  expect(stored).toEqual([true, true, true]);
  expect(kept).toEqual(range(3));
});

test('reports nothing as stored, within seconds, when SQS fails', async () => {
  for (const fault of [{ status: () => 503 }, { stalls: true }]) {
    const { stored, kept, tookMs } = await sendThrough(fault, 3);
    expect(stored).toEqual([false, false, false]);
    expect(kept).toEqual([]);
    expect(tookMs).toBeLessThan(3_500);
  }
});

test('reports nothing as stored, as quickly, when the server is down', async () => {
  const proxy = await startFaultProxy(server.port, {});
  await proxy.stop();
  const startedAt = Date.now();
  expect(await client.send(proxy.urlOf('q'), messages(25))).toEqual({
    stored: Array(25).fill(false),
    errors: Array(25).fill('ECONNREFUSED'),
  });
  const delayed = await client.delay(proxy.urlOf('q'), [{ receiptHandle: 'r', seconds: 1 }]);
  expect(delayed).toEqual(['ECONNREFUSED']);
  expect(Date.now() - startedAt).toBeLessThan(7_000);
});

test('delays each message by its own time', async () => {
  const { name, url } = newQueue({ VisibilityTimeout: '30' });
  await client.send(url, messages(25));
  const records = await server.receive(name, 25);
  const seconds = (n: number) => (n === 0 ? 43_200 : 60 * n);
  await client.delay(
    url,
    records.map(({ receiptHandle }, n) => ({ receiptHandle, seconds: seconds(n) })),
  );
  const left = server.invisible(name);
  for (const [n, { messageId }] of records.entries())
    expect(Math.abs((left.get(messageId) ?? 0) - seconds(n))).toBeLessThanOrEqual(2);
});

test('delays the other messages when one delay fails', async () => {
  const { name, url } = newQueue({ VisibilityTimeout: '30' });
  await client.send(url, messages(1));
  const [record] = await server.receive(name, 1);
  await client.delay(url, [
    { receiptHandle: 'unknown', seconds: 600 },
    { receiptHandle: record?.receiptHandle ?? '', seconds: 600 },
  ]);
  expect([...server.invisible(name).values()][0]).toBeGreaterThan(590);
});

test('makes no request without messages', async () => {
  expect(await client.delay(newQueue().url, [])).toEqual([]);
});
