/** Envelopes of AWS: the event in them keeps its id on every delivery, whatever is wrapped around it. */
import { expect, test } from 'vitest';
import { openEnvelopes } from '../../../lib/queue/envelope.ts';
import { decodeMessage } from '../../../lib/queue/message.ts';

const sentAtMs = Date.UTC(2026, 10, 26, 12);
const event = { event_name: 'Lead', email: 'jane@example.com' };
const minute = 60_000;
const at = (minutes: number) => new Date(sentAtMs - minutes * minute).toISOString();

const sns = (message: unknown, id = 'sns-id') => ({
  Type: 'Notification',
  MessageId: id,
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:orders',
  Message: JSON.stringify(message),
  Timestamp: at(1),
});
const eventBridge = (detail: unknown, id = 'eb-id') => ({
  version: '0',
  id,
  'detail-type': 'order.paid',
  source: 'shop',
  time: at(2),
  detail,
});
const pipe = (body: unknown, id = 'sqs-id') => ({
  messageId: id,
  body,
  attributes: { SentTimestamp: String(sentAtMs - 3 * minute) },
  eventSource: 'aws:sqs',
});

const decode = (content: unknown, messageId = 'queue-id') =>
  decodeMessage({ body: JSON.stringify(content), messageId, sentAtMs });

test.each<[string, unknown, string, number]>([
  ['nothing, as SNS does with raw delivery', event, 'queue-id', 0],
  ['an SNS notification', sns(event), 'sns-id', 1],
  ['an EventBridge event', eventBridge(event), 'eb-id', 2],
  ['a record of EventBridge Pipes', pipe(JSON.stringify(event)), 'sqs-id', 3],
  ['a record of EventBridge Pipes with a parsed body', pipe(event), 'sqs-id', 3],
  ['EventBridge in SNS', sns(eventBridge(event)), 'eb-id', 2],
  ['SNS in EventBridge', eventBridge(sns(event)), 'sns-id', 1],
  ['EventBridge in SNS in Pipes', pipe(JSON.stringify(sns(eventBridge(event)))), 'eb-id', 2],
  ['SNS without an id', { ...sns(event), MessageId: null }, 'queue-id', 1],
  ['an EventBridge event with a blank id in SNS', sns(eventBridge(event, ' ')), 'sns-id', 2],
  ['an EventBridge event with an id that is too long', eventBridge(event, 'x'.repeat(257)), 'queue-id', 2],
  ['an EventBridge event without a time', { ...eventBridge(event), time: 'soon' }, 'eb-id', 0],
  ['an EventBridge event from the future', { ...eventBridge(event), time: at(-90) }, 'eb-id', 0],
])('takes the id and the time of a bare event from the innermost envelope: %s', (_, content, id, minutes) => {
  expect(decode(content)).toMatchObject({
    event: { ...event, event_id: id, event_time: sentAtMs / 1000 - minutes * 60 },
    receivedAtMs: sentAtMs,
    trace: 'queue-id',
  });
});

test('gives one id to an event that is delivered twice', () => {
  for (const content of [sns(event), eventBridge(event), sns(eventBridge(event)), pipe(event)]) {
    const ids = ['first', 'second'].map((messageId) => {
      const decoded = decode(content, messageId);
      return 'event' in decoded && decoded.event.event_id;
    });
    expect(ids[0]).toBe(ids[1]);
  }
});

test('keeps the id and the time that an event has itself', () => {
  const identified = { ...event, event_id: 'order-1', event_time: 5 };
  for (const content of [
    sns(identified),
    eventBridge(identified),
    sns(eventBridge({ v: 1, event: identified })),
  ])
    expect(decode(content)).toMatchObject({ event: identified });
});

test('gives the id of the envelope to the event of a message of version 1', () => {
  expect(decode(eventBridge({ v: 1, event }))).toMatchObject({
    event: { event_id: 'eb-id', event_time: sentAtMs / 1000 - 120 },
    receivedAtMs: sentAtMs,
  });
  expect(decode(eventBridge({ v: 1, event, received_at: at(10) }))).toMatchObject({
    event: { event_id: 'eb-id', event_time: sentAtMs / 1000 - 600 },
    receivedAtMs: sentAtMs - 10 * minute,
  });
});

test('opens no more envelopes than any path through AWS has', () => {
  let content: unknown = event;
  for (let depth = 0; depth < 50; depth += 1) content = eventBridge(content);
  expect(openEnvelopes(JSON.stringify(content)).content).toHaveProperty('detail-type');
});

test.each([
  { ...pipe(event), eventSource: 'aws:kinesis' },
  { ...pipe(event), body: 7 },
  { messageId: 'a', body: 'b' },
])('leaves %j as it is, for the schema to reject', (content) => {
  expect(openEnvelopes(JSON.stringify(content)).content).toEqual(content);
});
