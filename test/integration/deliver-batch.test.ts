/** The whole consumer with real parts: an SQS server, and an HTTP server in TikTok's place. */
import type { SQSRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DeliveryContext } from '../../lib/delivery/context.ts';
import { deliverBatch } from '../../lib/delivery/deliver-batch.ts';
import { lifetimeMs } from '../../lib/queue/message.ts';
import { createQueueClient } from '../../lib/queue/queue-client.ts';
import { createTokenReader } from '../../lib/secrets/token-secrets.ts';
import { reportSecretFailures } from '../../lib/telemetry/aws-errors.ts';
import { createTikTokClient } from '../../lib/tiktok/client.ts';
import { messageBody } from '../support/delivery/records.ts';
import { destinations } from '../support/events/events.ts';
import { startFaultProxy } from '../support/queue/queue-fault-proxy.ts';
import { startQueueServer } from '../support/queue/queue-server.ts';
import { recordTelemetry } from '../support/telemetry.ts';
import { type Answering, answerJson, startTikTokServer } from '../support/tiktok/tiktok-server.ts';

let queues: Awaited<ReturnType<typeof startQueueServer>>;
const open: (() => Promise<void>)[] = [];
let created = 0;

beforeAll(async () => {
  queues = await startQueueServer();
});
afterAll(() => queues.stop());
afterEach(async () => {
  await Promise.all(open.splice(0).map((stop) => stop()));
});

interface TrackRequest {
  readonly event_source_id: string;
  readonly data: { event_id: string }[];
}

const requestOf = (body: string): TrackRequest => JSON.parse(body);
const idsOf = (body: string) => requestOf(body).data.map(({ event_id }) => event_id);
const ok: Answering = (response) => answerJson(response, { code: 0, message: 'OK', request_id: 'r-1' });

/** Now, not a fixed day: the queue's own timestamps count. */
function bodyNow(name: string, fields: object = {}, envelope: object = {}): string {
  const now = Date.now();
  return messageBody(
    name,
    { event_time: Math.floor(now / 1000), ...fields },
    {
      received_at: new Date(now).toISOString(),
      not_after: new Date(now + lifetimeMs).toISOString(),
      ...envelope,
    },
  );
}

async function setUp(answering: Answering, tokens: Record<string, string[]> = {}) {
  const name = `events-${created++}`;
  const queueUrl = queues.createQueue(name, { VisibilityTimeout: '300' });
  const deadLetterQueueUrl = queues.createQueue(`${name}-dlq`);
  const tiktok = await startTikTokServer(answering);
  open.push(tiktok.stop);
  const secrets = {
    read: async (secret: string) => {
      const list = tokens[secret.split('/').at(-1) ?? ''] ?? ['token'];
      return JSON.stringify({ access_token: list.length > 1 ? list.shift() : list[0] });
    },
    write: async () => {},
  };
  const telemetry = recordTelemetry();
  const context: DeliveryContext = {
    settings: {
      destinations,
      queueUrl,
      deadLetterQueueUrl,
      // Steps so long that a slow machine still finds the message invisible.
      delivery: { retryStepsSeconds: [60], holdStepsSeconds: [600], maxReceiveCount: 113 },
    },
    clients: {
      queue: createQueueClient(),
      tiktok: createTikTokClient(tiktok.url),
      readToken: createTokenReader('tiktok-events/dev', {
        client: secrets,
        report: reportSecretFailures(telemetry),
        now: Date.now,
      }),
      telemetry,
    },
    now: Date.now,
    random: () => 0,
  };
  return {
    name,
    tiktok,
    context,
    telemetry,
    async run(bodies: string[], remainingMs = 60_000) {
      for (const body of bodies) await queues.send(name, body);
      const records = await queues.receive(name, bodies.length);
      return { records, ...(await deliver(records, context, remainingMs)) };
    },
    deadLetters: () => queues.ready(`${name}-dlq`),
  };
}

async function deliver(records: readonly SQSRecord[], context: DeliveryContext, remainingMs = 60_000) {
  const { batchItemFailures } = await deliverBatch(records, remainingMs, context);
  return { failures: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

const names = (count: number) => Array.from({ length: count }, (_, n) => `e${n}`);

test('delivers a batch of 50 in one call', async () => {
  const { run, tiktok, deadLetters } = await setUp(ok);
  expect((await run(names(50).map((name) => bodyNow(name)))).failures).toEqual([]);
  expect(tiktok.requests).toHaveLength(1);
  expect(idsOf(tiktok.requests[0]?.body ?? '').toSorted()).toEqual(names(50).toSorted());
  expect(deadLetters()).toEqual([]);
});

test('promise 3: delivers 49 of 50 events and parks the bad one with its reason', async () => {
  const { run, tiktok, deadLetters } = await setUp((response, { body }, index) => {
    const bad = idsOf(body).indexOf('e17');
    if (bad < 0) return ok(response, { method: '', url: '', headers: {}, body }, index);
    return answerJson(response, {
      code: 40002,
      message: `Batch.${bad}.properties.value: Not a valid number jane@canary.example`,
      request_id: 'r-bad',
    });
  });
  expect((await run(names(50).map((name) => bodyNow(name)))).failures).toEqual([]);
  expect(tiktok.requests).toHaveLength(3);
  const [letter, ...others] = deadLetters();
  expect(others).toEqual([]);
  expect(JSON.parse(letter?.body ?? '').event.event_id).toBe('e17');
  expect(letter?.attributes).toEqual({
    reason: 'tiktok_40002',
    detail: 'properties, value',
    outcome: 'refused',
    destination: 'default',
    tiktok_request_id: 'r-bad',
    first_sent_at: expect.stringMatching(/^\d{4}-.*Z$/),
    failed_at: expect.stringMatching(/^\d{4}-.*Z$/),
  });
});

test('makes one call for each of two destinations, and retries the throttled one only', async () => {
  const { name, run, tiktok } = await setUp((response, { body }) =>
    answerJson(
      response,
      requestOf(body).event_source_id === 'SHOP'
        ? { code: 40100, message: 'Too many requests.' }
        : { code: 0 },
    ),
  );
  const { records, failures } = await run([bodyNow('a'), bodyNow('b', {}, { destination: 'shop' })]);
  expect(tiktok.requests).toHaveLength(2);
  const limited = records.find(({ body }) => body.includes('"shop"'));
  expect(failures).toEqual([limited?.messageId]);
  expect(queues.invisible(name).get(limited?.messageId ?? '')).toBeGreaterThanOrEqual(57);
  expect(queues.invisible(name).get(limited?.messageId ?? '')).toBeLessThanOrEqual(61);
});

const onlyNew: Answering = (response, { headers }) =>
  answerJson(
    response,
    headers['access-token'] === 'new'
      ? { code: 0 }
      : { code: 40105, message: 'Access token is incorrect or has been revoked' },
  );

test('promise 8: uses a replaced token in the same invocation', async () => {
  const { run, tiktok } = await setUp(onlyNew, { default: ['old', 'new'] });
  expect((await run([bodyNow('a'), bodyNow('b')])).failures).toEqual([]);
  expect(tiktok.requests.map(({ headers }) => headers['access-token'])).toEqual(['old', 'new']);
});

test('holds the events for the first step of the ladder, and parks none, when a revoked token was not replaced', async () => {
  const { name, run, deadLetters } = await setUp(onlyNew, { default: ['old'] });
  const { failures } = await run([bodyNow('a'), bodyNow('b')]);
  expect(failures).toHaveLength(2);
  for (const seconds of queues.invisible(name).values())
    expect(Math.abs(seconds - 600)).toBeLessThanOrEqual(3);
  expect(deadLetters()).toEqual([]);
});

test('stops in time and retries everything when TikTok does not answer', async () => {
  const { name, run, tiktok } = await setUp(() => {});
  const startedAt = Date.now();
  const { failures } = await run(
    names(3).map((id) => bodyNow(id)),
    6_500,
  );
  expect(Date.now() - startedAt).toBeLessThan(6_500);
  expect(failures).toHaveLength(3);
  expect(tiktok.requests).toHaveLength(1);
  expect(queues.invisible(name).size).toBe(3);
});

test('sends the events again after a connection was lost', async () => {
  const { run, context, tiktok } = await setUp((response, request, index) =>
    index === 0 ? void response.socket?.destroy() : ok(response, request, index),
  );
  const { records, failures } = await run([bodyNow('a')]);
  expect(failures).toHaveLength(1);
  expect((await deliver(records, context)).failures).toEqual([]);
  expect(tiktok.requests.map(({ body }) => idsOf(body))).toEqual([['a'], ['a']]);
});

test('gives a bare event the same id and time on every receive, and parks garbage', async () => {
  const { run, context, tiktok, deadLetters } = await setUp((response, request, index) =>
    index === 0 ? answerJson(response, { code: 50000 }) : ok(response, request, index),
  );
  const { records } = await run([
    'garbage canary',
    JSON.stringify({ event_name: 'Lead', email: 'jane@example.com' }),
  ]);
  const bare = records.filter(({ body }) => body.startsWith('{'));
  expect((await deliver(bare, context)).failures).toEqual([]);
  const [first, second] = tiktok.requests.map(({ body }) => requestOf(body).data[0]);
  expect(first).toEqual(second);
  expect(first?.event_id).toBe(bare[0]?.messageId);
  expect(deadLetters()).toMatchObject([{ body: 'garbage canary', attributes: { reason: 'undecodable' } }]);
});

test('keeps a message in its queue when parking fails', async () => {
  const { run, context, deadLetters, telemetry } = await setUp((response) =>
    answerJson(response, { code: 40002 }),
  );
  const proxy = await startFaultProxy(queues.port, { fails: () => true });
  open.push(proxy.stop);
  const first = await run([bodyNow('a')]);
  expect(first.failures).toEqual([]);
  const settings = { ...context.settings, deadLetterQueueUrl: proxy.urlOf('any') };
  const again = await deliver(first.records, { ...context, settings });
  expect(again.failures).toEqual([first.records[0]?.messageId]);
  expect(deadLetters()).toHaveLength(1);
  expect(telemetry.lines.filter(({ message }) => message === 'message waits')).toMatchObject([
    { fields: { outcome: 'retry', reason: 'tiktok_40002', detail: 'not_parked', count: 1 } },
  ]);
  expect(telemetry.lines.filter(({ message }) => message === 'message parked')).toHaveLength(1);
});

test('promise 5: logs no personal data about a delivered or parked event', async () => {
  const { run, telemetry } = await setUp((response) =>
    answerJson(response, { code: 40002, message: 'email canary@example.com' }),
  );
  await run([bodyNow('canary-id', { email: 'canary@example.com', city: 'canary' })]);
  expect(telemetry.lines.map(({ message }) => message)).toEqual(['tiktok answered', 'message parked']);
  expect(JSON.stringify([telemetry.lines, telemetry.counts])).not.toContain('canary');
});
