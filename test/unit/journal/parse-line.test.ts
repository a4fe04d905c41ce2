/** The parser reads what the functions write: these lines come from the functions' own code, through the real logger. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { acceptEvents } from '../../../lib/ingest/accept-events.ts';
import type { JournalLine, ReceivedLine, WaitsLine } from '../../../lib/journal/line.ts';
import { journalMessages, parseLine, readLine } from '../../../lib/journal/parse-line.ts';
import { partsOf } from '../../../lib/journal/parts.ts';
import { createRows } from '../../../lib/journal/rows.ts';
import { tellPart } from '../../../lib/journal/story.ts';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { encodeReplay, replayAttribute } from '../../../lib/queue/replay-mark.ts';
import { reasonText } from '../../../lib/reasons/reason-text.ts';
import { createTelemetry, type Telemetry } from '../../../lib/telemetry/telemetry.ts';
import { answer, ok, runBatch, type Script } from '../../support/delivery/delivery.ts';
import { eventRecords, messageBody, sqsRecord } from '../../support/delivery/records.ts';
import { destinations, receivedAt, receivedAtMs } from '../../support/events/events.ts';
import { createMemoryQueue } from '../../support/queue/memory-queue.ts';
import type { RecordedTelemetry } from '../../support/telemetry.ts';
import { webhookReceiver, webhookRequest } from '../../support/webhooks/receive-webhooks.ts';
import { choices, type Json, shopifyOrder } from '../../support/webhooks/webhook-bodies.ts';

const written: string[] = [];
const write = (text: unknown) => {
  written.push(...String(text).split('\n').filter(Boolean));
  return true;
};

beforeEach(() => {
  written.length = 0;
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'tiktok-events');
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Logs what was recorded with the telemetry of the functions, and parses what it wrote. */
function parsed(lines: RecordedTelemetry['lines']): JournalLine[] {
  const telemetry = createTelemetry('prod');
  for (const { level, message, fields } of lines) telemetry[level as 'info'](message, fields);
  return written.flatMap((text) => parseLine(text) ?? []);
}

async function linesOfBatch(...[records, script, options]: Parameters<typeof runBatch>) {
  return parsed((await runBatch(records, script, options)).telemetry.lines);
}

/** The line that `requestLog` writes. */
const lineOf = (message: string, log: object | undefined) =>
  parsed([{ level: 'info', message, fields: { trace: 'req-1', status: 202, ...log } }]);

const silent: Telemetry = { info() {}, warn() {}, error() {}, count() {}, flush() {} };

async function post(body: unknown, queue = createMemoryQueue()) {
  const answered = await acceptEvents(
    {
      body,
      apiKey: { id: 'backend', destinations: ['*'] },
      idempotencyKey: undefined,
      receivedAtMs,
      trace: 'req-1',
    },
    { settings: { destinations, queueUrl: 'q' }, clients: { queue, telemetry: silent }, random: () => 'r' },
  );
  return lineOf('events received', answered.log);
}

const [e0, e1, e2] = [fingerprint('e0'), fingerprint('e1'), fingerprint('e2')];
const lead = { event_name: 'Lead', ttclid: 'a' };

test('reads every event of a post, also the rejected and the unqueued ones', async () => {
  const queue = createMemoryQueue((index) => index !== 1);
  const bad = { event_name: 'Jane Doe', event_id: 'e1', order_id: '1001', value: -1, currency: 'EUR' };
  const lines = await post(
    [{ ...lead, event_id: 'e0', email: 'nope' }, bad, { ...lead, event_id: 'e2' }],
    queue,
  );
  expect(lines).toMatchObject([
    {
      kind: 'received',
      source: 'api',
      via: 'api',
      status: 202,
      traces: ['req-1'],
      accepted: 1,
      rejected: 1,
      notQueued: 1,
      apiKey: 'backend',
      orders: [],
      events: [
        { event: e0, orders: [], name: 'Lead', warnings: ['email:invalid_email'], errors: [] },
        { event: e1, orders: [fingerprint('1001')], name: 'custom', errors: expect.any(Array) },
        { event: e2, orders: [], name: 'Lead', errors: [':queue_unavailable'] },
      ],
    },
  ]);
});

test('reads a post of 500 events', async () => {
  const [line] = await post(Array.from({ length: 500 }, (_, n) => ({ ...lead, event_id: `e${n}` })));
  expect(line).toMatchObject({ accepted: 500 });
  expect((line as ReceivedLine).events[499]).toEqual({
    event: fingerprint('e499'),
    orders: [],
    name: 'Lead',
    warnings: [],
    errors: [],
  });
});

async function shopify(payload: Json, own: Json = {}) {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', 's3cret').update(body).digest('base64');
  const headers = { 'x-shopify-topic': 'orders/paid', 'x-shopify-hmac-sha256': signature };
  const { receive } = await webhookReceiver({ settings: { ...choices.shopify, ...own } });
  return lineOf('webhook received', (await receive(webhookRequest(body, headers))).log);
}

test('reads the event of a webhook with its order by id and by number', async () => {
  const lines = await shopify(
    shopifyOrder({ id: 77, name: '#EN1001', order_number: 1001, phone: 'call me' }),
  );
  expect(lines).toMatchObject([
    {
      kind: 'received',
      via: 'webhook',
      source: 'shop',
      topic: 'orders/paid',
      accepted: 1,
      isDryRun: false,
      events: [
        {
          orders: ['77', 'EN1001', '1001'].map(fingerprint),
          name: 'Purchase',
          warnings: ['phone:invalid_phone'],
        },
      ],
    },
  ]);
});

test('reads the orders of a webhook that became no event', async () => {
  const cancelled = shopifyOrder({
    id: 77,
    name: '#1001',
    order_number: 1001,
    cancelled_at: '2026-11-20T11:00:00Z',
  });
  expect(await shopify(cancelled)).toMatchObject([
    { accepted: 0, rejected: 1, reason: 'cancelled', events: [], orders: ['77', '1001'].map(fingerprint) },
  ]);
});

test('reads each skipped order of a webhook that became several events, with its own reason', async () => {
  const order = (id: string, event_time: string, fields: Json = {}) => ({ id, event_time, ...fields });
  const mapping = {
    'source.each': 'orders',
    event_name: "'Purchase'",
    event_id: 'id',
    order_id: 'id',
    event_time: 'event_time',
    email: 'email',
  };
  const auth = { profile: 'static-token', header: 'x-token' };
  const { receive } = await webhookReceiver({ settings: { platform: 'custom', auth, mapping } });
  const orders = [
    order('A', '2026-11-20T11:00:00Z', { email: 'ada@example.com' }),
    order('B', '2026-11-20T11:00:00Z'),
    order('C', '2026-09-20T11:00:00Z', { email: 'ada@example.com' }),
  ];
  const request = webhookRequest(JSON.stringify({ orders }), { 'x-token': 's3cret' });
  const lines = lineOf('webhook received', (await receive(request)).log);
  const rows = createRows();
  for (const line of lines) rows.add(line);
  const byOrder = ['A', 'B', 'C'].map((id) =>
    rows.list().filter((row) => row.orders.includes(fingerprint(id))),
  );
  expect(byOrder).toMatchObject([
    [{ outcome: 'accepted', name: 'Purchase' }],
    [{ outcome: 'skipped', reason: 'no_match_key' }],
    [{ outcome: 'skipped', reason: 'too_old' }],
  ]);
  expect(rows.list()).toHaveLength(3);
  const [line] = lines;
  const parts = line?.kind === 'received' ? partsOf(line) : [];
  expect(parts.flatMap((part) => tellPart(part, reasonText)).map(({ title }) => title)).toEqual([
    'skipped from shop: no_match_key',
    'skipped from shop: too_old',
  ]);
});

test('reads a dry run', async () => {
  expect(await shopify(shopifyOrder({}), { dryRun: true })).toMatchObject([{ isDryRun: true, accepted: 1 }]);
});

test('reads a delivery and its coverage', async () => {
  const fields = { value: 5, currency: 'EUR', content_ids: ['a'] };
  const lines = await linesOfBatch(
    eventRecords(3, (n) => (n === 0 ? fields : {})),
    () => ok,
  );
  expect(lines).toMatchObject([
    {
      kind: 'answered',
      destination: 'default',
      events: [e0, e1, e2],
      verdict: 'delivered',
      reason: 'tiktok_0',
      isPartial: false,
      position: undefined,
      requestId: 'r-ok',
      traces: ['trace-1'],
    },
    {
      kind: 'coverage',
      source: 'api',
      name: 'Purchase',
      destination: 'default',
      counts: { events: 3, email: 3, value: 1, content_ids: 1, own_id: 3, in_time: 3 },
    },
  ]);
});

test('counts test events apart, and as in time only what happened in the last 5 minutes', async () => {
  const [old, late] = [receivedAt - 300, receivedAt - 301];
  const events = [{ test_event_code: 'T' }, { event_time: old }, { event_time: late }];
  const lines = await linesOfBatch(
    eventRecords(3, (n) => events[n] ?? {}),
    () => ok,
    { now: () => receivedAtMs },
  );
  expect(lines.filter(({ kind }) => kind === 'coverage')).toMatchObject([
    { counts: { events: 3, test: 1, in_time: 2 } },
  ]);
});

test('reads the position that a refusal names, and what is parked, delivered and partial', async () => {
  const replies = [answer(40002, 'Batch.1.event is wrong'), answer(40002), answer(20001)];
  const script: Script = (_, index) => replies[index] ?? ok;
  const lines = await linesOfBatch(
    eventRecords(3, () => ({ order_id: '1001' })),
    script,
  );
  expect(lines).toMatchObject([
    { kind: 'answered', verdict: 'reject', reason: 'tiktok_40002', position: 1, events: [e0, e1, e2] },
    { kind: 'answered', verdict: 'reject', position: undefined, events: [e1] },
    { kind: 'answered', verdict: 'delivered', isPartial: true, events: [e0, e2] },
    {
      kind: 'parked',
      event: e1,
      orders: [fingerprint('1001')],
      name: 'Purchase',
      source: 'api',
      destination: 'default',
      reason: 'tiktok_40002',
      outcome: 'refused',
      receives: 1,
      messageId: 'm-e1',
      requestId: 'r-40002',
    },
    { kind: 'coverage', counts: { events: 2 } },
  ]);
});

test('reads when a waiting message is tried again', async () => {
  const lines = await linesOfBatch(eventRecords(2, undefined, 2), () => answer(40105), { random: 0.5 });
  const waits = lines.find(({ kind }) => kind === 'waits');
  expect(waits).toMatchObject({ outcome: 'hold', reason: 'tiktok_40105', destination: 'default' });
  const { atMs, events } = waits as WaitsLine;
  expect(events).toEqual([e0, e1].map((event) => ({ event, receives: 2, nextAttemptMs: atMs + 66_000 })));
});

test('reads the events of another producer at their first receive only', async () => {
  const bare = (fields: object) => JSON.stringify({ event_name: 'Purchase', email: 'a@b.co', ...fields });
  const records = [
    sqsRecord({ body: bare({ event_id: 'e0', order_id: 7, phone: 'x' }), messageId: 'm-0' }),
    sqsRecord({ body: bare({}), messageId: 'm-1' }),
    sqsRecord({ body: bare({ event_id: 'e2', value: -1 }), messageId: 'm-2' }),
    sqsRecord({ body: '{', messageId: 'm-3' }),
    sqsRecord({ body: bare({ event_id: 'again' }), messageId: 'm-4', receives: 2 }),
    sqsRecord({ body: messageBody('own'), messageId: 'm-5' }),
  ];
  const lines = await linesOfBatch(records, () => ok);
  expect(lines[0]).toMatchObject({
    kind: 'received',
    via: 'queue',
    source: 'queue',
    status: undefined,
    accepted: 2,
    rejected: 2,
    traces: ['m-0', 'm-1', 'm-2', 'm-3'],
    events: [
      { event: e0, orders: [fingerprint('7')], name: 'Purchase', errors: [] },
      { event: fingerprint('m-1'), errors: [] },
      { event: e2, errors: ['value:invalid_number'] },
      { event: undefined, name: undefined, errors: [':undecodable'] },
    ],
  });
  const sum = lines.find((line) => line.kind === 'coverage' && line.source === 'queue');
  // The id of the second event is that of its message: no pixel sends it.
  expect(sum).toMatchObject({ counts: { events: 3, own_id: 2 } });
});

test('reads the events of another producer that names its own source, but not those of a webhook', async () => {
  const records = [
    sqsRecord({ body: messageBody('e0', {}, { source: 'orders' }), messageId: 'm-0' }),
    sqsRecord({ body: messageBody('e1', {}, { source: 'shop', logged: true }), messageId: 'm-1' }),
    sqsRecord({ body: messageBody('e2', { value: -1 }, { source: 'orders' }), messageId: 'm-2' }),
  ];
  const [line, ...others] = await linesOfBatch(records, () => ok);
  expect(line).toMatchObject({ kind: 'received', via: 'queue', accepted: 1, rejected: 1 });
  expect((line as ReceivedLine).events.map(({ event }) => event)).toEqual([e0, e2]);
  expect(others.filter(({ kind }) => kind === 'received')).toEqual([]);
  expect(others.flatMap((each) => (each.kind === 'coverage' ? each.source : [])).toSorted()).toEqual([
    'orders',
    'shop',
  ]);
});

test('reads a replayed message of another producer as received once only', async () => {
  const replayed = sqsRecord({ body: JSON.stringify({ event_name: 'Lead', event_id: 'e0', ttclid: 'a' }) });
  const stringValue = encodeReplay({ count: 1, atMs: 1, reason: 'timeout', firstSentAtMs: 1 });
  replayed.messageAttributes = { [replayAttribute]: { stringValue, dataType: 'String' } };
  const lines = await linesOfBatch([replayed], () => ok);
  expect(lines.map(({ kind }) => kind)).toEqual(['answered', 'coverage']);
});

test('logs the source of a message only when a stage file could name it', async () => {
  for (const source of ['canary@example.com', '4915112345678', 'Jane Doe', 'a'.repeat(65)]) {
    const [record] = eventRecords(1);
    const body = String(record?.body).replace('"source":"api"', `"source":"${source}"`);
    const run = await runBatch([sqsRecord({ body })], () => ok);
    expect(JSON.stringify(run.telemetry.lines)).not.toContain(source);
    expect(run.telemetry.lines.at(-1)?.fields.source).toBe('queue');
  }
});

const timestamp = '2026-11-26T20:00:00.000Z';

test('reads the lines of an operator', () => {
  const fields = { timestamp, event: e0, destination: 'default', reason: 'invalid_event', message_id: 'm-1' };
  for (const [message, kind] of [
    ['message replayed', 'replayed'],
    ['message discarded', 'discarded'],
  ])
    expect(readLine({ message, ...fields })).toEqual({
      kind,
      atMs: Date.parse(timestamp),
      traces: [],
      event: e0,
      destination: 'default',
      reason: 'invalid_event',
      messageId: 'm-1',
    });
});

test.each([
  '',
  'START RequestId: 1',
  '{not json',
  '[]',
  '{"message":"events received"}',
  `{"message":"events received","timestamp":"yesterday"}`,
  `{"message":"a later line","timestamp":"${timestamp}"}`,
  `{"message":"constructor","timestamp":"${timestamp}"}`,
  `{"message":"tiktok answered","timestamp":"${timestamp}","outcome":"a later verdict"}`,
  `{"message":"coverage","timestamp":"${timestamp}","events":1}`,
  '{"_aws":{},"EventsAccepted":1}',
])('skips %j', (text) => {
  expect(parseLine(text)).toBeUndefined();
});

test('reads a line behind the prefix of a log file', () => {
  expect(
    parseLine(`2026-11-26 {"message":"tiktok answered","timestamp":"${timestamp}","outcome":"hold"}`),
  ).toMatchObject({
    kind: 'answered',
    destination: 'default',
    events: [],
  });
});

test('ignores fields of a later release', () => {
  const line = { message: 'message parked', timestamp, reason: 'expired', later: { a: 1 }, event_name: 7 };
  expect(readLine(line)).toMatchObject({ kind: 'parked', reason: 'expired', name: undefined });
});

test('names every line that the functions and the operator write', () => {
  expect(journalMessages.toSorted()).toEqual([
    'coverage',
    'events collected',
    'events received',
    'message discarded',
    'message parked',
    'message replayed',
    'message waits',
    'tiktok answered',
    'webhook received',
  ]);
});
