/** A post's events are checked one by one, queued, and answered for one by one. */
import { expect, test } from 'vitest';
import type { Destinations } from '../../../lib/events/destination.ts';
import { acceptEvents } from '../../../lib/ingest/accept-events.ts';
import type { Post } from '../../../lib/ingest/read-post.ts';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { destinations, receivedAt, receivedAtMs } from '../../support/events/events.ts';
import { problemOfAsync } from '../../support/http/problems.ts';
import { createMemoryQueue } from '../../support/queue/memory-queue.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const good = { event_name: 'Lead', ttclid: 'a', event_id: 'id-1' };
const bad = { event_name: 'Lead', hashed_email: 'canary' };

async function post(
  body: unknown,
  parts: Partial<Post> = {},
  queue = createMemoryQueue(),
  configured: Destinations = destinations,
) {
  const telemetry = recordTelemetry();
  let count = 0;
  const answer = await acceptEvents(
    {
      body,
      apiKey: { id: 'backend', destinations: ['*'] },
      idempotencyKey: undefined,
      receivedAtMs,
      trace: 'request-1',
      ...parts,
    },
    {
      settings: { destinations: configured, queueUrl: 'queue' },
      clients: { queue, telemetry },
      random: () => `random-${count++}`,
    },
  );
  const { response } = answer;
  const reply =
    'code' in response
      ? {
          status: response.status,
          code: response.code,
          headers: response.headers,
          body: response.members ?? {},
        }
      : { status: response.statusCode, headers: response.headers, body: JSON.parse(response.body ?? '') };
  return { reply, queue, telemetry, log: answer.log };
}

test('queues the messages of two destinations in a group each, so that a stalled one does not delay the other', async () => {
  const { queue } = await post([good, { ...good, event_id: 'id-2', destination: 'shop' }]);
  expect(queue.sent.map(({ message }) => message.groupId)).toEqual(['default', 'shop']);
});

test('queues messages without a group when the stage has one destination', async () => {
  const only = { default: { pixelCode: 'PIXEL', eventSource: 'web' } } as const;
  const { queue } = await post([good], {}, createMemoryQueue(), only);
  expect(queue.sent.map(({ message }) => message.groupId)).toEqual([undefined]);
});

test('promise 1: queues one message with its metadata for each accepted event before it answers 202', async () => {
  const { reply, queue, log } = await post([
    good,
    { ...good, event_id: 7, destination: 'shop', event_time: receivedAt - 5 },
  ]);
  expect(reply).toMatchObject({
    status: 202,
    body: {
      accepted: 2,
      rejected: 0,
      events: [
        { index: 0, event_id: 'id-1', status: 'accepted', warnings: [] },
        { index: 1, event_id: '7', status: 'accepted', warnings: [] },
      ],
    },
  });
  const meta = {
    v: 1,
    source: 'api',
    received_at: '2026-06-01T12:00:00.000Z',
    not_after: '2026-06-03T11:00:00.000Z',
    trace: 'request-1',
  };
  expect(
    queue.sent.map(({ queueUrl, message }) => [queueUrl, JSON.parse(message.body), message.attributes]),
  ).toEqual([
    ['queue', { ...meta, destination: 'default', event: { ...good, event_time: receivedAt } }, undefined],
    [
      'queue',
      {
        ...meta,
        destination: 'shop',
        event: { ...good, event_id: '7', destination: 'shop', event_time: receivedAt - 5 },
      },
      undefined,
    ],
  ]);
  expect(log).toEqual({
    source: 'api',
    accepted: 2,
    rejected: 0,
    not_queued: 0,
    api_key: 'backend',
    event: `${fingerprint('id-1')} ${fingerprint('7')}`,
    event_name: 'Lead',
  });
});

test('promise 2: warns no_stable_id when an event has no stable id', async () => {
  const { reply, queue } = await post({ event_name: 'lead', ttclid: 'a' });
  expect(reply.body.events[0]).toMatchObject({
    event_id: 'tg-random-0',
    warnings: [
      { field: 'event_name', code: 'resembles_standard_event' },
      { field: 'event_id', code: 'no_stable_id' },
    ],
  });
  expect(JSON.parse(queue.sent[0]?.message.body ?? '')).toMatchObject({
    event: { event_id: 'tg-random-0' },
  });
});

test('promise 2: gives the same ids to the same post with an Idempotency-Key', async () => {
  const events = [
    { event_name: 'Lead', ttclid: 'a' },
    { event_name: 'Lead', ttclid: 'a' },
  ];
  const first = await post(events, { idempotencyKey: 'k' });
  const again = await post(events, { idempotencyKey: 'k', receivedAtMs: receivedAtMs + 60_000 });
  expect(again.reply.body).toEqual(first.reply.body);
  expect(first.reply.body.events.map(({ warnings }: { warnings: unknown[] }) => warnings)).toEqual([[], []]);
});

test('answers 207 with a result for each event at its index, and queues only the accepted ones', async () => {
  const { reply, queue, telemetry, log } = await post(
    [bad, good, bad, { ...good, event_id: 'id-2' }],
    {},
    createMemoryQueue((n) => n !== 1),
  );
  expect(reply).toMatchObject({
    status: 207,
    body: {
      accepted: 1,
      rejected: 2,
      events: [
        { index: 0, status: 'rejected', errors: [{ field: 'hashed_email', code: 'invalid_digest' }] },
        { index: 1, status: 'accepted', event_id: 'id-1' },
        { index: 2, status: 'rejected' },
        { index: 3, status: 'retry', event_id: 'id-2' },
      ],
    },
  });
  expect(queue.sent).toHaveLength(1);
  expect(log).toEqual({
    source: 'api',
    accepted: 1,
    rejected: 2,
    not_queued: 1,
    api_key: 'backend',
    event: `- ${fingerprint('id-1')} - ${fingerprint('id-2')}`,
    event_name: 'Lead',
    errors: 'hashed_email:invalid_digest@0,2 :queue_unavailable@3',
  });
  expect(telemetry.counts).toEqual([
    { name: 'EventsRejected', value: 2 },
    { name: 'EventsAccepted', value: 1 },
    { name: 'EventsNotQueued', value: 1 },
    { name: 'AwsErrors', value: 1 },
  ]);
});

test('rejects only the event of a post whose destination the key may not use', async () => {
  const apiKey = { id: 'a', destinations: ['default'] };
  const { reply } = await post([good, { ...good, destination: 'shop' }], { apiKey });
  expect(reply).toMatchObject({
    status: 207,
    body: {
      events: [
        {},
        { status: 'rejected', errors: [{ field: 'destination', code: 'destination_not_allowed' }] },
      ],
    },
  });
});

test.each([[[good, { ...good, event_id: 'id-2' }]], [[good, bad]]])(
  'answers 503 and accepts nothing when the queue stores no event: %#',
  async (events) => {
    const { reply } = await post(
      events,
      {},
      createMemoryQueue(() => false),
    );
    expect(reply).toMatchObject({ status: 503, code: 'queue_unavailable', headers: { 'retry-after': '2' } });
    expect(reply.body.events).toMatchObject([{ index: 0, event_id: 'id-1', status: 'retry' }, { index: 1 }]);
  },
);

test('promise 9: answers 422 with at most twenty errors, each with the index and field of its event', async () => {
  const { reply, queue } = await post([bad, { event_name: 'Lead' }]);
  expect(reply).toMatchObject({ status: 422, code: 'invalid_events' });
  expect(reply.body.errors).toMatchObject([
    { index: 0, field: 'hashed_email', code: 'invalid_digest' },
    { index: 1, field: 'email', code: 'no_match_key' },
  ]);
  expect(queue.sent).toEqual([]);
  expect((await post(Array(500).fill(bad))).reply.body.errors).toHaveLength(20);
});

test('answers 403 when the key may use none of the destinations, and 422 when a destination is unknown', async () => {
  const apiKey = { id: 'a', destinations: ['shop'] };
  expect((await post([good, good], { apiKey })).reply).toMatchObject({
    status: 403,
    code: 'destination_not_allowed',
  });
  expect((await post([good, bad], { apiKey })).reply).toMatchObject({ status: 422 });
  expect((await post({ ...good, destination: 'nowhere' }, { apiKey })).reply).toMatchObject({
    status: 422,
  });
});

test('answers 403 when the key has no destinations', async () => {
  expect((await post(good, { apiKey: { id: 'a', destinations: [] } })).reply.status).toBe(403);
});

test('rejects an event that makes a message above 1 MB', async () => {
  // A character that SQS refuses takes six bytes in the queue.
  const contents = Array.from({ length: 200 }, () => ({ content_name: '\uffff'.repeat(900) }));
  const { reply } = await post({ ...good, contents });
  expect(reply).toMatchObject({
    status: 422,
    body: { errors: [{ index: 0, field: '', code: 'event_too_large' }] },
  });
});

test.each([
  ["TikTok's API", 'data', { event_source: 'web', event_source_id: 'X', data: [{ event: 'Purchase' }] }],
  ["Segment's batches", 'batch', { batch: [{ type: 'track', event: 'Order Completed', userId: 'a' }] }],
])('rejects a post in the shape of %s with one error that names its list', async (_, field, body) => {
  const { reply, queue } = await post(body);
  expect(reply).toMatchObject({ status: 422, code: 'invalid_events' });
  expect(reply.body.errors).toEqual([
    { index: 0, field, code: 'foreign_shape', message: expect.stringContaining('{"events":[…]}') },
  ]);
  expect(queue.sent).toEqual([]);
});

test('rejects a post of another form as a whole', async () => {
  expect(await problemOfAsync(post([]))).toMatchObject({ status: 422 });
});

const doubtful = { ...good, email: 'canary', phone: '0000', content_type: 'hotel' };

test('accepts an event without the values that nobody can match, and warns about them', async () => {
  const { reply, queue } = await post([doubtful, { ...doubtful, event_id: 'id-2' }]);
  expect(reply.status).toBe(202);
  expect(reply.headers).not.toHaveProperty('preference-applied');
  expect(reply.body.events[0].warnings).toMatchObject([
    { field: 'email', code: 'invalid_email' },
    { field: 'phone' },
    { field: 'content_type', code: 'unknown_content_type' },
  ]);
  expect(queue.sent[0]?.message.body).not.toContain('canary');
  expect(JSON.stringify(reply)).not.toContain('canary');
});

test('rejects an event with a value that nobody can match when the caller prefers strict handling', async () => {
  const { reply, queue } = await post(doubtful, { preference: 'strict' });
  expect(reply).toMatchObject({
    status: 422,
    headers: { 'preference-applied': 'handling=strict' },
    body: { errors: [{ field: 'email', code: 'invalid_email' }, { field: 'phone' }] },
  });
  expect(queue.sent).toEqual([]);
});

test.each(['strict', 'lenient'] as const)(
  'says in each answer that %s handling was applied',
  async (preference) => {
    const headers = { 'preference-applied': `handling=${preference}` };
    expect((await post(good, { preference })).reply).toMatchObject({ status: 202, headers });
    expect((await post([good, bad], { preference })).reply).toMatchObject({ status: 207, headers });
    const full = createMemoryQueue(() => false);
    expect((await post(good, { preference }, full)).reply).toMatchObject({
      status: 503,
      headers: { ...headers, 'retry-after': expect.any(String) },
    });
  },
);

test('logs the fingerprints, the known name and the first codes of a rejected event, and nothing of its values', async () => {
  const { log } = await post([
    {
      event_name: ' Purchase ',
      event_id: 'canary-1',
      order_id: ' 1001 ',
      hashed_email: 'canary',
      value: 'canary',
    },
    {
      event_name: 'canary',
      event_id: 17,
      order_id: { canary: 1 },
      canary: 1,
      canary_doe: 2,
      currency: 3,
      url: 4,
    },
    { event_id: '' },
    'canary',
  ]);
  expect(log).toMatchObject({
    event: `${fingerprint('canary-1')} ${fingerprint('17')} - -`,
    order: `${fingerprint('1001')} - - -`,
    event_name: 'Purchase@0 custom@1',
  });
  expect(JSON.stringify(log)).not.toContain('canary');
  const codes = String(log?.errors)
    .split(' ')
    .filter((part) => /[@,-]1\b/.test(part.replace(/^[^@]*/, '')));
  expect(codes.length).toBeLessThanOrEqual(3);
});

test('logs the order and the warnings of an accepted event', async () => {
  const { log } = await post([
    { ...good, order_id: 1001, event_id: 'a' },
    { ...good, event_id: 'b', email: 'canary', ip: '10.0.0.1' },
  ]);
  expect(log).toMatchObject({
    order: `${fingerprint('1001')} -`,
    warnings: expect.stringMatching(/email:invalid_email@1/),
  });
});
