/** Messages of every kind are decoded; for a message that cannot be decoded there is a reason, without its content. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { IdentifiedEvent } from '../../../lib/events/event.ts';
import { decodeMessage, encodeMessage, lifetimeMs, type QueueMessage } from '../../../lib/queue/message.ts';

const messageId = '11111111-2222-3333-4444-555555555555';
const sentAtMs = 1_780_315_200_999;
const decode = (body: string) => decodeMessage({ body, messageId, sentAtMs });

const folder = new URL('../../fixtures/messages/', import.meta.url);
const golden = (name: string) => readFileSync(new URL(`${name}.json`, folder), 'utf8');

const identified = JSON.parse(golden('bare-identified'));
const v1 = {
  event: identified,
  hasOwnId: true,
  destination: 'default',
  source: 'api',
  isForeign: false,
  receivedAtMs: Date.parse('2026-06-01T12:00:00.000Z'),
  notAfterMs: Date.parse('2026-06-03T11:00:00.000Z'),
  trace: 'req-1',
};
const snsId = JSON.parse(golden('sns')).MessageId;
const eventBridgeId = JSON.parse(golden('eventbridge')).id;
/** A bare event takes a missing id and time from its SQS message: the same on every receive. */
const bare = {
  event: { event_name: 'Lead', email: 'jane@example.com', event_id: messageId, event_time: 1_780_315_200 },
  hasOwnId: false,
  destination: undefined,
  source: 'queue',
  isForeign: true,
  receivedAtMs: sentAtMs,
  notAfterMs: sentAtMs + lifetimeMs,
  trace: messageId,
};

const bareWithId = (event_id: string) => ({ ...bare, event: { ...bare.event, event_id } });

const expected: Record<string, unknown> = {
  v1,
  'v1-with-a-later-field': v1,
  'v1-least': bare,
  bare,
  'bare-identified': { ...bare, event: identified, hasOwnId: true },
  sns: bareWithId(snsId),
  'sns-v1': v1,
  eventbridge: bareWithId(eventBridgeId),
  'eventbridge-v1': v1,
  'sns-eventbridge': bareWithId(eventBridgeId),
};

test('compares each golden message with an expectation', () => {
  expect(readdirSync(folder).toSorted()).toEqual(
    Object.keys(expected)
      .map((name) => `${name}.json`)
      .toSorted(),
  );
});

test.each(Object.keys(expected))('reads the golden message %s', (name) => {
  expect(decode(golden(name))).toEqual(expected[name]);
});

test.each(['destination', 'source', 'trace', 'received_at', 'not_after'])(
  'treats a blank %s of a message as absent, like null',
  (name) => {
    const message = { v: 1, event: identified };
    for (const blank of ['', ' \t', '\u200b'])
      expect(decode(JSON.stringify({ ...message, [name]: blank }))).toEqual(
        decode(JSON.stringify({ ...message, [name]: null })),
      );
  },
);

test.each([
  ['', 'not a JSON object'],
  ['{', 'not a JSON object'],
  ['jane@example.com', 'not a JSON object'],
  ['null', 'not a JSON object'],
  ['[]', 'not a JSON object'],
  ['"text"', 'not a JSON object'],
  ['7', 'not a JSON object'],
  [JSON.stringify({ Type: 'Notification', Message: 'jane@example.com' }), 'not a JSON object'],
  [JSON.stringify({ 'detail-type': 'Order', detail: 'jane@example.com' }), 'not a JSON object'],
  [JSON.stringify({ v: 2, event: {} }), 'not a message of version 1: v'],
  [JSON.stringify({ v: '1', event: {} }), 'not a message of version 1: v'],
  [JSON.stringify({ v: 1 }), 'not a message of version 1: event'],
  [JSON.stringify({ v: 1, event: [] }), 'not a message of version 1: event'],
  [
    JSON.stringify({ v: 1, event: {}, destination: 'x'.repeat(129) }),
    'not a message of version 1: destination',
  ],
  [JSON.stringify({ v: 1, event: {}, source: 7 }), 'not a message of version 1: source'],
  [JSON.stringify({ v: 1, event: {}, received_at: 'today' }), 'not a message of version 1: received_at'],
  [
    JSON.stringify({ v: 1, event: {}, received_at: '2026-06-01T12:00:00' }),
    'not a message of version 1: received_at',
  ],
  [
    JSON.stringify({ v: 1, event: {}, received_at: '2026-13-01T12:00:00Z' }),
    'not a message of version 1: received_at',
  ],
  [JSON.stringify({ v: 1, event: {}, received_at: {} }), 'not a message of version 1: received_at'],
  [JSON.stringify({ v: 1, event: null }), 'not a message of version 1: event'],
])('rejects the undecodable message %s with the reason %s', (body, undecodable) => {
  expect(decode(body)).toEqual({ undecodable });
});

test.each([
  ['an SNS type without a text', { Type: 'Notification', Message: 7 }],
  ['another SNS type', { Type: 'SubscriptionConfirmation', Message: '{"event_name":"Lead"}' }],
  ['a detail without a detail type', { detail: { event_name: 'Lead' } }],
  ['a detail type without a detail', { 'detail-type': 'Order' }],
  ['a detail type that is no text', { 'detail-type': 7, detail: { event_name: 'Lead' } }],
])('reads %s as a bare event, which the schema rejects later', (_, content) => {
  expect(decode(JSON.stringify(content))).toMatchObject({ event: content });
});

test.each([
  [{ event_id: 'a' }, { event_id: 'a', event_time: 1_780_315_200 }],
  [{ event_time: 5 }, { event_id: messageId, event_time: 5 }],
  [
    { event_id: null, event_time: null },
    { event_id: messageId, event_time: 1_780_315_200 },
  ],
  [
    { event_id: 0, event_time: 0 },
    { event_id: 0, event_time: 0 },
  ],
  [
    { event_id: '', event_time: ' ' },
    { event_id: messageId, event_time: 1_780_315_200 },
  ],
])('completes the id and time of the bare event %o', (event, read) => {
  expect(decode(JSON.stringify(event))).toMatchObject({ event: read });
  expect(decode(JSON.stringify({ v: 1, event }))).toMatchObject({ event: read });
});

const traceOf = (trace: string) => decode(JSON.stringify({ v: 1, event: {}, trace }));

test.each([
  'req-1',
  'job-42',
  'JKJaXmPLvHcESHA=',
  '1-5759e988-bd862e3fe1be46a994272793',
  '1f0c8b9e-7a35-4c1d-9b2e-3d4f5a6b7c8d',
])("keeps another producer's trace %s", (trace) => {
  expect(traceOf(trace)).toMatchObject({ trace });
});

test.each([
  'jane@example.com',
  '+15550001777',
  '15550001777',
  'tel-15550001777',
  'Jane.Doe',
  'jane-doe',
  'jane_doe_1990',
  'order of Jane',
  'a\nb',
  '\u001b[31m',
])("replaces another producer's trace %j, which logs would repeat", (trace) => {
  expect(traceOf(trace)).toMatchObject({ trace: messageId });
});

test('derives not_after from received_at when the message has none', () => {
  const decoded = decode(JSON.stringify({ v: 1, event: {}, received_at: '2026-06-01T00:00:00Z' }));
  expect(decoded).toMatchObject({
    receivedAtMs: Date.parse('2026-06-01T00:00:00Z'),
    notAfterMs: Date.parse('2026-06-02T23:00:00Z'),
  });
});

test('uses received_at as the time of an event that has none', () => {
  const decoded = decode(JSON.stringify({ v: 1, event: {}, received_at: '2026-06-01T00:00:00Z' }));
  expect(decoded).toMatchObject({ event: { event_time: Date.parse('2026-06-01T00:00:00Z') / 1000 } });
});

test.each([
  ['of the API', { source: 'api' }, false],
  ['of a webhook', { source: 'shop', logged: true }, false],
  ['of another producer', { source: 'orders' }, true],
  ['with a mark that is not true', { source: 'orders', logged: 'true' }, true],
])('knows whether somebody logged the receipt of a message %s', (_, parts, isForeign) => {
  expect(decode(JSON.stringify({ v: 1, event: {}, ...parts }))).toMatchObject({ isForeign });
});

test('takes null for the absence of every optional part', () => {
  const nulls = { destination: null, source: null, received_at: null, not_after: null, trace: null };
  const event = { event_name: 'Lead', email: 'jane@example.com', event_id: null, event_time: null };
  expect(decode(JSON.stringify({ v: 1, event, ...nulls }))).toEqual(bare);
});

test.each([
  '2026-06-01T12:00:00+00:00',
  '2026-06-01T12:00:00.000000+00:00',
  '2026-06-01 12:00:00+00',
  '2026-06-01T14:00:00+0200',
  '2026-06-01 12:00:00 UTC',
  '20260601T120000Z',
  '2026-06-01T12:00Z',
  ' 2026-06-01T12:00:00Z ',
  1_780_315_200,
  1_780_315_200_000,
])('reads %j as received_at and as not_after', (time) => {
  const ms = Date.parse('2026-06-01T12:00:00Z');
  expect(decode(JSON.stringify({ v: 1, event: {}, received_at: time, not_after: time }))).toMatchObject({
    receivedAtMs: ms,
    notAfterMs: ms,
  });
});

test.each([null, '', 'tomorrow', '2026-13-01T12:00:00Z', true, {}])(
  'takes 47 hours after received_at in place of a not_after of %j',
  (not_after) => {
    const decoded = decode(
      JSON.stringify({ v: 1, event: {}, received_at: '2026-06-01T00:00:00Z', not_after }),
    );
    expect(decoded).toMatchObject({ notAfterMs: Date.parse('2026-06-02T23:00:00Z') });
  },
);

const message = (user_agent: string): QueueMessage => ({
  v: 1,
  event: { event_name: 'Lead', event_id: 'a', event_time: 1, user_agent } as IdentifiedEvent,
  destination: 'default',
  source: 'api',
  received_at: '2026-06-01T12:00:00.000Z',
  not_after: '2026-06-03T11:00:00.000Z',
  trace: 'job-1',
});

test('decodes an encoded message to exactly the same message', () => {
  const written = message('Mozilla "5.0" \\ ünï \u{1F600}');
  expect(decode(encodeMessage(written))).toMatchObject({ event: written.event, trace: 'job-1' });
});

test('escapes every character that SQS refuses in a message and loses none', () => {
  const text = 'a\uFFFEb\uFFFFc\uFFFFd\u0000\uD800 \u{1F600}';
  const body = encodeMessage(message(text));
  expect(body).toContain('\\ufffe');
  expect(body).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD]*$/);
  expect(decode(body)).toMatchObject({ event: { user_agent: text } });
});

test('limits the lifetime of a message to 47 hours, one less than TikTok deduplicates', () => {
  expect(lifetimeMs).toBe(47 * 60 * 60 * 1000);
});
