/** What a batch tells the operator, and that none of it is personal. */
import { expect, test } from 'vitest';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { answer, ok, refusing, runBatch } from '../../support/delivery/delivery.ts';
import { eventRecords, sqsRecord } from '../../support/delivery/records.ts';
import { receivedAtMs } from '../../support/events/events.ts';

test('counts messages by disposition', async () => {
  const records = [...eventRecords(4), sqsRecord({ body: '{', messageId: 'm-x' })];
  const run = await runBatch(
    records,
    refusing(['e2'], (index) => `Batch.${index}.`),
  );
  const sums = Object.fromEntries(
    (['EventsDelivered', 'EventsParked', 'EventsRetried', 'EventsHeld', 'EventsPartial'] as const).map(
      (name) => [name, run.telemetry.sum(name)],
    ),
  );
  expect(sums).toEqual({
    EventsDelivered: 3,
    EventsParked: 2,
    EventsRetried: 0,
    EventsHeld: 0,
    EventsPartial: 0,
  });
  expect(run.telemetry.flushes()).toBe(1);
});

test('counts the parked messages of a batch at once', async () => {
  const records = [1, 2, 3].map((n) => sqsRecord({ body: '{', messageId: `m-${n}` }));
  const { telemetry } = await runBatch(records, () => ok);
  expect(telemetry.counts).toEqual([{ name: 'EventsParked', value: 3 }]);
});

test('writes no metric for a disposition that no message has', async () => {
  const { telemetry } = await runBatch(eventRecords(1), () => ok);
  const names = new Set(telemetry.counts.map(({ name }) => name));
  for (const name of ['EventsRetried', 'EventsHeld', 'EventsPartial', 'EventsParked'] as const)
    expect(names).not.toContain(name);
});

test.each([
  [0, 0, 0],
  [60_000, 0, 0],
  [60_001, 2, 0],
  [300_000, 2, 0],
  [300_001, 2, 2],
])(
  'promise 11: counts events that are delivered %d ms after their arrival: %d slow, %d late',
  async (ageMs, slow, late) => {
    const { telemetry } = await runBatch(eventRecords(3), refusing(['e1']), {
      now: () => receivedAtMs + ageMs,
    });
    expect(telemetry.sum('EventsDelivered')).toBe(2);
    expect(telemetry.sum('EventsSlow')).toBe(slow);
    expect(telemetry.sum('EventsLate')).toBe(late);
    const names = telemetry.counts.map(({ name }) => name);
    expect(names.includes('EventsSlow')).toBe(slow > 0);
    expect(names.includes('EventsLate')).toBe(late > 0);
  },
);

test('counts no event as late that is not delivered', async () => {
  const late = { now: () => receivedAtMs + 3_600_000 };
  for (const reply of [answer(50000), answer(40001), answer(40002)]) {
    const { telemetry } = await runBatch(eventRecords(1), () => reply, late);
    expect(telemetry.sum('EventsSlow') + telemetry.sum('EventsLate')).toBe(0);
  }
});

test('measures the age of an event from its arrival, not from the time at which it happened', async () => {
  const event_time = Math.floor(receivedAtMs / 1000) - 3_600;
  const { telemetry } = await runBatch(
    eventRecords(1, () => ({ event_time })),
    () => ok,
  );
  expect(telemetry.sum('EventsSlow')).toBe(0);
  expect(telemetry.lines.find(({ message }) => message === 'coverage')?.fields).not.toHaveProperty('in_time');
});

test('counts each message of a batch once', async () => {
  const run = await runBatch(eventRecords(3), () => answer(50000));
  expect(run.telemetry.sum('EventsRetried')).toBe(3);
  const all = await runBatch(
    eventRecords(50),
    refusing(eventRecords(50).map(({ messageId }) => messageId.slice(2))),
  );
  expect(all.telemetry.sum('EventsRetried')).toBe(all.failures.length);
  expect(all.telemetry.sum('EventsParked')).toBe(50 - all.failures.length);
  const parked = all.telemetry.lines.filter(({ message }) => message === 'message parked');
  expect(parked).toHaveLength(50 - all.failures.length);
});

test('names an event in logs by the digest of its id', async () => {
  const run = await runBatch(eventRecords(2), refusing(['e1']));
  const line = run.telemetry.lines.find(({ message }) => message === 'message parked');
  expect(line?.fields).toMatchObject({
    event: fingerprint('e1'),
    reason: 'tiktok_40002',
    message_id: 'm-e1',
    trace: 'trace-1',
  });
});

test('logs a successful call as information and a failed one as a warning', async () => {
  let now = receivedAtMs;
  const clock = () => (now += 10);
  const good = await runBatch(eventRecords(2), () => ok, { now: clock });
  expect(good.telemetry.lines).toMatchObject([
    {
      level: 'info',
      message: 'tiktok answered',
      fields: {
        destination: 'default',
        count: 2,
        outcome: 'delivered',
        reason: 'tiktok_0',
        tiktok_request_id: 'r-ok',
        event: `${fingerprint('e0')} ${fingerprint('e1')}`,
        trace: 'trace-1',
        duration_ms: 10,
      },
    },
    {
      level: 'info',
      message: 'coverage',
      fields: { source: 'api', event_name: 'Purchase', destination: 'default', events: 2 },
    },
  ]);
  expect(good.telemetry.sum('TikTokLatency')).toBe(good.telemetry.lines[0]?.fields.duration_ms);
  const bad = await runBatch(eventRecords(2), () => answer(50000));
  expect(bad.telemetry.lines).toMatchObject([
    { level: 'warn', fields: { outcome: 'retry', reason: 'tiktok_50000' } },
    {
      level: 'warn',
      message: 'message waits',
      fields: { outcome: 'retry', reason: 'tiktok_50000', count: 2 },
    },
  ]);
});

test.each([
  ['no_token', async () => undefined],
  [
    'token_unavailable',
    async () => {
      throw new Error('down');
    },
  ],
])('logs why a batch waits without a call: %s', async (reason, readToken) => {
  const { telemetry } = await runBatch(eventRecords(2), () => ok, { readToken });
  expect(telemetry.lines).toEqual([
    {
      level: 'warn',
      message: 'message waits',
      fields: {
        destination: 'default',
        count: 2,
        outcome: 'hold',
        reason,
        detail: undefined,
        event: `${fingerprint('e0')} ${fingerprint('e1')}`,
        wait_s: '30 30',
        receives: '1 1',
        trace: 'trace-1',
      },
    },
  ]);
});

test('logs that no time was left for a call', async () => {
  const { telemetry, failures } = await runBatch(eventRecords(2), () => ok, { remainingMs: 5_000 });
  expect(failures).toEqual(['m-e0', 'm-e1']);
  expect(telemetry.lines).toMatchObject([
    {
      level: 'warn',
      message: 'message waits',
      fields: { destination: 'default', count: 2, outcome: 'retry', reason: 'no_time', wait_s: '5 5' },
    },
  ]);
});

test('logs a line for each destination whose messages wait', async () => {
  const names = ['default', 'shop', 'offline', 'shop'];
  const records = eventRecords(4).map((record, n) => ({
    ...record,
    body: record.body.replace('"default"', `"${names[n]}"`),
  }));
  const { telemetry } = await runBatch(records, () => answer(40001), {
    readToken: async (destination) => (destination === 'default' ? 'token' : undefined),
  });
  expect(
    telemetry.lines.map(({ message, fields }) => [message, fields.destination, fields.count, fields.reason]),
  ).toEqual([
    ['tiktok answered', 'default', 1, 'tiktok_40001'],
    ['message waits', 'shop', 2, 'no_token'],
    ['message waits', 'offline', 1, 'no_token'],
    ['message waits', 'default', 1, 'tiktok_40001'],
  ]);
});

test('logs that a destination is not configured, without its name', async () => {
  const [record] = eventRecords(1);
  const body = String(record?.body).replace('"default"', '"canary-example-com"');
  const { telemetry } = await runBatch([sqsRecord({ body, messageId: 'm-x' })], () => ok);
  expect(telemetry.lines[0]).toMatchObject({
    message: 'message waits',
    fields: { count: 1, outcome: 'hold', reason: 'unknown_destination', trace: 'trace-1' },
  });
  expect(JSON.stringify(telemetry.lines)).not.toContain('canary');
});

test('logs the trace of a message that was parked without a call', async () => {
  const late = () => receivedAtMs + 48 * 3_600_000;
  const { telemetry } = await runBatch(eventRecords(1), () => ok, { now: late });
  expect(telemetry.lines[0]).toMatchObject({
    message: 'message parked',
    fields: { reason: 'expired', destination: 'default', trace: 'trace-1' },
  });
});

test('logs each trace of a call once', async () => {
  const records = eventRecords(3).map((record, n) => ({
    ...record,
    body: record.body.replace('trace-1', `t-${n % 2}`),
  }));
  expect((await runBatch(records, () => ok)).telemetry.lines[0]?.fields.trace).toBe('t-0 t-1');
});

/** Marks every field that can hold personal data. */
const person = {
  event_id: 'canary-id',
  email: 'canary@example.com',
  phone: '+12133734253',
  external_id: 'canary',
  first_name: 'canary',
  last_name: 'canary',
  zip_code: 'canary',
  city: 'canary',
  state: 'canary',
  country: 'canary',
  ttclid: 'canary',
  ttp: 'canary',
  ip: '203.0.113.199',
  user_agent: 'canary',
  order_id: 'canary',
  query: 'canary',
  description: 'canary',
  custom_properties: { canary_name: 'canary' },
  page_url: 'https://canary.example/?email=canary',
};
const secret = /canary|2133734253|203\.0\.113\.199/;

test.each([
  ['delivered', () => ok],
  ['retried', () => answer(50000, 'canary')],
  ['held', () => answer(40001, 'canary')],
  ['refused with an echo', () => answer(40002, 'Batch.0.user.email canary@example.com: canary')],
  ['left unanswered', () => ({ kind: 'failure', reason: 'network', isSent: true }) as const],
])(
  'promise 5: writes no personal data into logs, metrics and attributes when events are %s',
  async (_, script) => {
    for (const receives of [1, 112]) {
      const run = await runBatch(
        eventRecords(3, () => person, receives),
        script,
      );
      expect(
        JSON.stringify([
          run.telemetry.lines,
          run.telemetry.counts,
          run.parked.map(({ attributes }) => attributes),
          run.response,
        ]),
      ).not.toMatch(secret);
    }
  },
);

test('promise 5: writes no personal data when events are rejected by the schema or cannot be decoded', async () => {
  const bad = {
    email: 'canary',
    phone: 'canary 2133734253',
    hashed_email: 'canary',
    ip: 'canary',
    value: 'canary',
    currency: 'canary',
    'canary@example.com': 1,
    canary_doe: 1,
    email_canary: 1,
    custom_properties: { canary_doe: { canary: 1 } },
  };
  const records = [
    ...eventRecords(1, () => bad),
    ...eventRecords(1, () => ({ ...bad, 'canary@example.com': undefined })),
    sqsRecord({ body: 'canary' }),
    sqsRecord({ body: '{"v":1,"event":"canary"}' }),
  ];
  const run = await runBatch(records, () => ok);
  expect(run.parked).toHaveLength(4);
  expect(
    JSON.stringify([
      run.telemetry.lines,
      run.telemetry.counts,
      run.parked.map(({ attributes }) => attributes),
    ]),
  ).not.toMatch(secret);
});
