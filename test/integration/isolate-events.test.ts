/** The consumer against a real HTTP server that takes all events but some, as firewalls and proxies before TikTok do. */
import { afterEach, expect, test } from 'vitest';
import { deliverBatch } from '../../lib/delivery/deliver-batch.ts';
import { createTikTokClient } from '../../lib/tiktok/client.ts';
import { eventRecords } from '../support/delivery/records.ts';
import { destinations, receivedAtMs } from '../support/events/events.ts';
import { createMemoryQueue } from '../support/queue/memory-queue.ts';
import { recordTelemetry } from '../support/telemetry.ts';
import { type Answering, answerJson, startTikTokServer } from '../support/tiktok/tiktok-server.ts';

const started: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((stop) => stop()));
});

const ok: Answering = (response) => answerJson(response, { code: 0, message: 'OK', request_id: 'r-1' });
const page =
  (status: number, type: string, body: string): Answering =>
  (response) =>
    response.writeHead(status, { 'content-type': type }).end(body);

const idsOf = (body: string): string[] =>
  JSON.parse(body).data.map(({ event_id }: { event_id: string }) => event_id);

/** `bad` for each call with the event `e3`. */
const unless =
  (bad: Answering): Answering =>
  (response, request, index) =>
    (idsOf(request.body).includes('e3') ? bad : ok)(response, request, index);

async function setUp(answering: Answering, count: number, fields: (n: number) => object = () => ({})) {
  const tiktok = await startTikTokServer(answering);
  started.push(tiktok.stop);
  const queue = createMemoryQueue();
  const clients = {
    queue,
    tiktok: createTikTokClient(tiktok.url),
    readToken: async () => 'token',
    telemetry: recordTelemetry(),
  };
  const settings = {
    destinations,
    queueUrl: 'queue',
    deadLetterQueueUrl: 'dead-letters',
    delivery: { retryStepsSeconds: [60], holdStepsSeconds: [600], maxReceiveCount: 113 },
  };
  /** Receives the events until all are settled, or `last` times. */
  async function receive(last: number) {
    let waiting = eventRecords(count).map(({ messageId }) => messageId);
    const calls: number[] = [];
    for (let receives = 1; receives <= last && waiting.length > 0; receives += 1) {
      const records = eventRecords(count, fields, receives);
      const before = tiktok.requests.length;
      // Time passes in the test's clock only, so that the invocation has all of it.
      const { batchItemFailures } = await deliverBatch(
        records.filter(({ messageId }) => waiting.includes(messageId)),
        60_000,
        { settings, clients, now: () => receivedAtMs + 1_000, random: () => 0 },
      );
      waiting = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      calls.push(tiktok.requests.length - before);
    }
    const letters = queue.sent.map(({ message }) => message.attributes?.reason);
    return { waiting, calls, letters };
  }
  return { tiktok, receive };
}

test.each<[string, Answering]>([
  ['a firewall page with HTTP 403', page(403, 'text/html', '<html><h1>Access denied</h1></html>')],
  ['a text with HTTP 400', page(400, 'text/plain', 'Bad Request')],
  ['HTTP 500', page(500, 'text/plain', 'Internal Server Error')],
  ['code 0 with HTTP 500', (response) => answerJson(response, { code: 0 }, 500)],
  ['code 50000', (response) => answerJson(response, { code: 50000, message: 'Internal error' })],
  ['a page with HTTP 200', page(200, 'text/html', '<html>blocked</html>')],
  ['a reset connection', (response) => void response.socket?.resetAndDestroy()],
])(
  'promise 3: delivers nine of ten events by the sixth receive when the tenth provokes %s',
  async (_, bad) => {
    const { tiktok, receive } = await setUp(unless(bad), 10);
    const { waiting, calls, letters } = await receive(6);
    expect(waiting).toEqual(['m-e3']);
    expect(calls.slice(0, 2)).toEqual([1, 1]);
    expect(Math.max(...calls)).toBeLessThanOrEqual(9);
    expect(letters).toEqual([]);
    const delivered = tiktok.requests.map(({ body }) => idsOf(body)).filter((ids) => !ids.includes('e3'));
    expect(delivered.flat().toSorted()).toEqual(['e0', 'e1', 'e2', 'e4', 'e5', 'e6', 'e7', 'e8', 'e9']);
  },
);

test.each<[string, Answering]>([
  ['HTTP 503', page(503, 'text/html', '<html>503</html>')],
  ['a firewall page with HTTP 403', page(403, 'text/html', '<html>denied</html>')],
  ['a reset connection', (response) => void response.socket?.resetAndDestroy()],
])('makes two further calls at most for a group in an outage: %s', async (_, down) => {
  const { receive } = await setUp(down, 50);
  const { waiting, calls } = await receive(12);
  expect(calls).toEqual([1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
  expect(waiting).toHaveLength(50);
});

const longest =
  (answering: Answering, bytes: number): Answering =>
  (response, request, index) =>
    (Buffer.byteLength(request.body) > bytes ? page(413, 'text/html', '<html>413</html>') : answering)(
      response,
      request,
      index,
    );

test('promise 3: halves a call of 23 kB at once until it fits into 8 kB', async () => {
  const user_agent = 'Mozilla/5.0 '.padEnd(300, 'x');
  const { tiktok, receive } = await setUp(longest(ok, 8_000), 50, () => ({ user_agent }));
  const { waiting, calls, letters } = await receive(1);
  expect(Buffer.byteLength(tiktok.requests[0]?.body ?? '')).toBeGreaterThan(20_000);
  expect(waiting).toEqual([]);
  expect(letters).toEqual([]);
  expect(calls[0]).toBeLessThanOrEqual(7);
});

test('parks the one event that does not fit, and delivers the other 49', async () => {
  const { receive } = await setUp(longest(ok, 8_000), 50, (n) =>
    n === 7
      ? {
          custom_properties: Object.fromEntries(
            Array.from({ length: 20 }, (_, k) => [`p${k}`, 'x'.repeat(450)]),
          ),
        }
      : {},
  );
  const { waiting, letters } = await receive(1);
  expect(waiting).toEqual([]);
  expect(letters).toEqual(['http_413']);
});

test.each([
  'Invalid value for event_source_id: not a valid string.',
  'event_source_id: Not a valid string',
  'Invalid pixel code',
  'Invalid value for event_source: must be one of web, app, offline, crm.',
])('holds all events, with one call each time, when TikTok refuses with "%s"', async (message) => {
  const { receive } = await setUp((response) => answerJson(response, { code: 40002, message }), 5);
  const { waiting, calls, letters } = await receive(8);
  expect(waiting).toHaveLength(5);
  expect(calls).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  expect(letters).toEqual([]);
});
