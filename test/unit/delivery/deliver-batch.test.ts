/** A message leaves the queue only when TikTok has its event, or its dead letter is stored. */
import { expect, test } from 'vitest';
import { answer, ok, refusing, runBatch } from '../../support/delivery/delivery.ts';
import { eventRecords, messageBody, sqsRecord } from '../../support/delivery/records.ts';
import { receivedAtMs } from '../../support/events/events.ts';
import { createMemoryQueue } from '../../support/queue/memory-queue.ts';

test.each([0, 1, 2, 50, 51])('delivers %d valid messages in calls of 50 at most', async (count) => {
  const run = await runBatch(eventRecords(count), () => ok);
  expect(run.calls).toHaveLength(Math.ceil(count / 50));
  expect(run.delivered).toHaveLength(count);
  expect(run.response).toEqual({ batchItemFailures: [] });
  expect(run.delays.size).toBe(0);
});

test('makes a call for each destination and test code, and retries the failed one only', async () => {
  const records = eventRecords(
    6,
    (n) => [{}, { destination: 'shop' }, { test_event_code: 'T' }][n % 3] ?? {},
  );
  for (const record of records)
    record.body = record.body.replace('"destination":"default","source"', '"source"');
  const run = await runBatch(records, ({ source }) => (source === 'SHOP' ? answer(40100) : ok));
  expect(run.calls.map(({ source, testCode, ids }) => [source, testCode, ids])).toEqual([
    ['PIXEL', undefined, ['e0', 'e3']],
    ['SHOP', 'TEST1', ['e1', 'e4']],
    ['PIXEL', 'T', ['e2', 'e5']],
  ]);
  expect(run.failures).toEqual(['m-e1', 'm-e4']);
});

test('promise 8: sends the token of a destination to the base URL of that destination only', async () => {
  const tiktokApiUrl = 'https://business-api.us.tiktok.com';
  const run = await runBatch(
    eventRecords(4, (n) => (n % 2 === 0 ? {} : { destination: 'us' })).map((record) => ({
      ...record,
      body: record.body.replace('"destination":"default","source"', '"source"'),
    })),
    ({ ids }) => (ids.length > 1 ? { kind: 'answer', status: 413 } : ok),
    {
      readToken: async (destination) => `token of ${destination}`,
      destinations: {
        default: { pixelCode: 'PIXEL', eventSource: 'web' },
        us: { pixelCode: 'US', eventSource: 'web', tiktokApiUrl },
      },
    },
  );
  expect(new Set(run.calls.map(({ token, source, baseUrl }) => `${token}, ${source}, ${baseUrl}`))).toEqual(
    new Set(['token of default, PIXEL, undefined', `token of us, US, ${tiktokApiUrl}`]),
  );
  expect(run.delivered).toHaveLength(4);
});

test('holds events when TikTok refuses the test code of their destination, and parks those with a wrong one', async () => {
  const refused = () => answer(40002, 'Invalid value for test_event_code: not a valid string.');
  const shop = eventRecords(2, () => ({ destination: 'shop' })).map((record) => ({
    ...record,
    body: record.body.replace('"destination":"default","source"', '"source"'),
  }));
  const held = await runBatch(shop, refused);
  expect(held.calls).toHaveLength(1);
  expect(held.failures).toHaveLength(2);
  expect(held.telemetry.lines[0]).toMatchObject({ fields: { outcome: 'hold', detail: 'test_event_code' } });
  const own = await runBatch(
    eventRecords(2, () => ({ test_event_code: 'OWN' })),
    refused,
  );
  expect(own.parked).toHaveLength(2);
});

test('counts code 20001 as delivered and as partial', async () => {
  const run = await runBatch(eventRecords(3), () => answer(20001));
  expect(run.failures).toEqual([]);
  expect(run.telemetry.sum('EventsPartial')).toBe(3);
  expect(run.telemetry.lines[0]).toMatchObject({ level: 'warn', fields: { reason: 'tiktok_20001' } });
});

test('counts code 40050 as delivered: TikTok has the events already', async () => {
  expect((await runBatch(eventRecords(3), () => answer(40050))).failures).toEqual([]);
});

test.each([
  [1, 5],
  [2, 15],
  [5, 60],
  [10, 900],
  [50, 900],
])('delays retried messages, after receive %d, by %d s', async (receives, seconds) => {
  const run = await runBatch(eventRecords(2, undefined, receives), () => answer(50000));
  expect(run.failures).toEqual(['m-e0', 'm-e1']);
  expect([...run.delays]).toEqual([
    ['m-e0', seconds],
    ['m-e1', seconds],
  ]);
  expect(run.parked).toEqual([]);
});

test.each([
  [1, 30],
  [2, 60],
  [6, 900],
])('delays held messages, after receive %d, by %d s', async (receives, seconds) => {
  const run = await runBatch(eventRecords(1, undefined, receives), () => answer(40001));
  expect([...run.delays]).toEqual([['m-e0', seconds]]);
  expect(run.telemetry.sum('EventsHeld')).toBe(1);
});

test('lengthens delays by up to a fifth by chance, each by the receives of its message', async () => {
  const records = [
    ...eventRecords(1, undefined, 4),
    ...eventRecords(1, undefined, 7).map((record) => ({
      ...record,
      messageId: 'm-x',
      receiptHandle: 'handle-m-x',
    })),
  ];
  const run = await runBatch(records, () => answer(50000), { random: 0.999 });
  expect([...run.delays]).toEqual([
    ['m-e0', 71],
    ['m-x', 143],
  ]);
});

test('retries code 40700 until the fifth receive, then treats it as a refusal', async () => {
  expect((await runBatch(eventRecords(1, undefined, 4), () => answer(40700))).failures).toEqual(['m-e0']);
  expect((await runBatch(eventRecords(1, undefined, 5), () => answer(40700))).parked).toHaveLength(1);
});

test('judges code 40700 by the event of the call with the fewest receives', async () => {
  const old = eventRecords(1, undefined, 9).map((record) => ({ ...record, messageId: 'm-old' }));
  const run = await runBatch([...old, ...eventRecords(1)], () => answer(40700));
  // The old event is parked because TikTok refuses it alone as well.
  expect(run.calls.map(({ ids }) => ids.length)).toEqual([2, 1, 1]);
  expect(run.parked).toHaveLength(1);
  expect(run.failures).toEqual(['m-e0']);
});

const sent = new Date(receivedAtMs + 5).toISOString();
const failed = new Date(receivedAtMs + 1_000).toISOString();

test('parks the original body, with attributes that say why without personal data', async () => {
  const queue = createMemoryQueue();
  const records = eventRecords(1);
  await runBatch(
    records,
    refusing(['e0'], () => 'Batch.0.'),
    { queue },
  );
  expect(queue.sent).toEqual([
    {
      queueUrl: 'dead-letters',
      message: {
        body: records[0]?.body,
        attributes: {
          reason: 'tiktok_40002',
          detail: 'user, email',
          outcome: 'refused',
          destination: 'default',
          tiktok_request_id: 'r-40002',
          first_sent_at: sent,
          failed_at: failed,
        },
      },
    },
  ]);
});

test('parks an event that the schema rejects with the fields and codes of its errors', async () => {
  const run = await runBatch(
    eventRecords(2, (n) => (n === 0 ? { value: 'canary', hashed_phone: 'canary' } : {})),
    () => ok,
  );
  expect(run.parked).toStrictEqual([
    {
      id: 'e0',
      attributes: {
        reason: 'invalid_event',
        detail: 'value: invalid_number; hashed_phone: invalid_digest',
        outcome: 'refused',
        destination: 'default',
        first_sent_at: sent,
        failed_at: failed,
      },
    },
  ]);
  expect(run.delivered).toEqual(['e1']);
});

test('applies the consent of the stage to events of other producers only', async () => {
  const own = sqsRecord({ messageId: 'own', body: messageBody('own') });
  const bare = (id: string, consent?: string) =>
    sqsRecord({
      messageId: id,
      body: JSON.stringify({ event_name: 'Lead', event_id: id, ttclid: 'E.C.P', consent }),
    });
  const records = [own, bare('silent'), bare('granted', 'granted'), bare('denied', 'denied')];
  const required = await runBatch(records, () => ok, { consent: 'require' });
  expect(required.delivered).toEqual(['own', 'granted']);
  expect(required.parked.map(({ attributes }) => attributes.detail)).toEqual([
    'consent: no_consent',
    'consent: no_consent',
  ]);
  const limited = await runBatch(records, () => ok, { consent: 'limit' });
  expect(limited.delivered).toEqual(['own', 'silent', 'granted', 'denied']);
});

test('omits from an event of another producer what nobody can match', async () => {
  const event = { event_name: 'Lead', event_id: 'a', ttclid: 'E.C.P', email: 'canary', phone: null };
  const run = await runBatch([sqsRecord({ body: JSON.stringify(event) })], () => ok);
  expect(run.delivered).toEqual(['a']);
});

test.each([
  ['of the message', {}, { destination: 'shop' }, 'shop'],
  ['of the event', { destination: 'shop' }, { destination: undefined }, 'shop'],
  ['`default` when the message names none', {}, { destination: undefined }, 'default'],
  ['only if it is text', { destination: ['shop'] }, { destination: undefined }, undefined],
  [
    'only if it is configured, because a producer can write anything',
    {},
    { destination: 'canary' },
    undefined,
  ],
])(
  'writes into the dead letter of a message that was never sent the destination %s',
  async (_, fields, envelope, destination) => {
    const body = messageBody('e0', fields, { ...envelope, not_after: '2020-01-01T00:00:00Z' });
    const run = await runBatch([sqsRecord({ body })], () => ok);
    expect(run.parked[0]?.attributes).toMatchObject({ reason: 'expired' });
    expect(run.parked[0]?.attributes.destination).toBe(destination);
  },
);

test('cuts the detail of a dead letter at 512 characters', async () => {
  const contents = Array.from({ length: 200 }, () => ({ price: 'x' }));
  const run = await runBatch(
    eventRecords(1, () => ({ contents })),
    () => ok,
  );
  expect(run.parked[0]?.attributes.detail).toHaveLength(512);
});

test('parks a message that cannot be decoded and delivers the others', async () => {
  const records = [sqsRecord({ body: 'canary{', messageId: 'm-x' }), ...eventRecords(1)];
  const run = await runBatch(records, () => ok);
  expect(run.parked[0]).toMatchObject({
    id: 'canary{',
    attributes: { reason: 'undecodable', detail: 'not a JSON object', outcome: 'refused' },
  });
  expect(run.delivered).toEqual(['e0']);
  expect(run.failures).toEqual([]);
});

test.each([
  [1, 'refused'],
  [2, 'unknown'],
])('parks a message that expired at receive %d with the outcome %s', async (receives, outcome) => {
  const records = eventRecords(1, undefined, receives);
  const at = (ms: number) => ({ now: () => receivedAtMs + 47 * 3_600_000 + ms });
  expect((await runBatch(records, () => ok, at(0))).delivered).toEqual(['e0']);
  const run = await runBatch(records, () => ok, at(1));
  expect(run.calls).toEqual([]);
  expect(run.parked).toMatchObject([{ attributes: { reason: 'expired', outcome } }]);
});

test('keeps a message in the queue when its dead letter cannot be stored', async () => {
  const queue = createMemoryQueue((index) => index !== 0);
  const run = await runBatch(eventRecords(3), refusing(['e0', 'e1', 'e2']), { queue });
  expect(run.parked).toHaveLength(2);
  expect(run.failures).toHaveLength(1);
  expect(run.delays.get(run.failures[0] ?? '')).toBe(5);
});

test.each([
  [
    'an error at TikTok',
    () => answer(50000),
    { reason: 'tiktok_50000', outcome: 'refused', tiktok_request_id: 'r-50000' },
  ],
  [
    'a lost answer',
    () => ({ kind: 'failure', reason: 'timeout', isSent: true }) as const,
    { reason: 'timeout', outcome: 'unknown' },
  ],
  ['a hold', () => answer(40001), { reason: 'tiktok_40001', outcome: 'refused' }],
])('parks at the last receive but one, after %s, with that reason', async (_, script, attributes) => {
  expect((await runBatch(eventRecords(1, undefined, 111), script)).parked).toEqual([]);
  const run = await runBatch(eventRecords(1, undefined, 112), script);
  expect(run.parked).toMatchObject([{ attributes }]);
  expect(run.failures).toEqual([]);
  expect((await runBatch(eventRecords(1, undefined, 113), script)).parked).toHaveLength(1);
});

test('parks at the last receive but one, as refused, messages that were refused together only', async () => {
  const all = Array.from({ length: 50 }, (_, n) => `e${n}`);
  const run = await runBatch(eventRecords(50, undefined, 112), refusing(all));
  expect(run.parked).toHaveLength(50);
  for (const { attributes } of run.parked)
    expect(attributes).toMatchObject({ reason: 'tiktok_40002', outcome: 'refused' });
});

test.each([
  ['no token', { readToken: async () => undefined }, 'no_token'],
  ['no time', { remainingMs: 5_500 }, 'no_time'],
])(
  'parks at the last receive but one, as refused, a message that was never sent: %s',
  async (_, options, reason) => {
    const run = await runBatch(eventRecords(1, undefined, 112), () => ok, options);
    expect(run.parked).toMatchObject([{ attributes: { reason, outcome: 'refused' } }]);
  },
);

test('parks at the last receive but one a message whose destination is not configured', async () => {
  const record = sqsRecord({ body: messageBody('e0', {}, { destination: 'nowhere' }), receives: 112 });
  const run = await runBatch([record], () => ok);
  expect(run.parked).toMatchObject([{ attributes: { reason: 'unknown_destination', outcome: 'refused' } }]);
});

test('delivers at the last receive but one when TikTok accepts the event', async () => {
  const run = await runBatch(eventRecords(1, undefined, 112), () => ok);
  expect(run.delivered).toEqual(['e0']);
  expect(run.parked).toEqual([]);
});

test('reports a message that is twice in a batch once, as failed if either copy is not settled', async () => {
  const twice = [...eventRecords(1), ...eventRecords(1)];
  expect((await runBatch(twice, () => answer(50000))).failures).toEqual(['m-e0']);
  expect((await runBatch(twice, () => ok)).failures).toEqual([]);
  const oneFails = createMemoryQueue((index) => index === 0);
  const run = await runBatch(twice, refusing(['e0']), { queue: oneFails });
  expect(run.failures).toEqual(['m-e0']);
});

test('holds the events of a destination that is not configured', async () => {
  const record = sqsRecord({ body: messageBody('e0', {}, { destination: 'nowhere' }) });
  const run = await runBatch([record], () => ok);
  expect(run.calls).toEqual([]);
  expect(run.failures).toEqual(['m-1']);
  expect([...run.delays.values()]).toEqual([30]);
});

test('prefers the destination of a message to that of its event', async () => {
  const record = sqsRecord({
    body: messageBody('e0', { destination: 'nowhere' }, { destination: 'shop' }),
  });
  expect((await runBatch([record], () => ok)).calls[0]?.source).toBe('SHOP');
});

test('starts no call in the last six seconds, which parking and delaying need', async () => {
  const left = (remainingMs: number) => runBatch(eventRecords(1), () => ok, { remainingMs });
  expect((await left(6_000)).delivered).toEqual(['e0']);
  const run = await left(5_999);
  expect(run.calls).toEqual([]);
  expect(run.failures).toEqual(['m-e0']);
  expect(run.telemetry.lines).toMatchObject([{ message: 'message waits', fields: { reason: 'no_time' } }]);
});
