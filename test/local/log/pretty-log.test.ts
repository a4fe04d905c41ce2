/** On a terminal, each step of an event is one readable line. */
import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import { prettyLine } from '../../../local/log/pretty-log.ts';

const plain = createColors(false);
const line = (fields: object) =>
  prettyLine(
    JSON.stringify({
      level: 'INFO',
      timestamp: '2026-11-22T15:30:52.317Z',
      service: 's',
      stage: 'local',
      ...fields,
    }),
    plain,
  );

test.each([
  {
    what: 'accepted events',
    fields: { message: 'events received', status: 202, accepted: 2, rejected: 0, not_queued: 0, trace: 't' },
    shown: '→ accepted 2 events trace=t',
  },
  {
    what: 'rejected and unqueued events',
    fields: { message: 'events received', status: 207, accepted: 1, rejected: 1, not_queued: 3 },
    shown: '→ accepted 1 event, rejected 1, not queued 3',
  },
  {
    what: 'a rejected request',
    fields: { message: 'events received', status: 401, reason: 'unauthorized' },
    shown: '✗ rejected with 401 reason=unauthorized',
  },
  {
    what: 'delivered events',
    fields: {
      message: 'tiktok answered',
      outcome: 'delivered',
      count: 50,
      destination: 'default',
      reason: 'tiktok_0',
    },
    shown: '✓ delivered 50 events destination=default  reason=tiktok_0',
  },
  {
    what: 'events that TikTok refused',
    fields: { message: 'tiktok answered', outcome: 'reject', count: 1, reason: 'tiktok_40002' },
    shown: '✗ TikTok refused 1 event reason=tiktok_40002',
  },
  {
    what: 'an answer it does not know',
    fields: { message: 'tiktok answered', outcome: 'new', count: 1 },
    shown: '· TikTok answered new: 1 event',
  },
  {
    what: 'held events with their next attempt',
    fields: {
      message: 'message waits',
      level: 'WARN',
      outcome: 'hold',
      count: 2,
      reason: 'no_token',
      wait_s: '5 5',
    },
    shown: '‖ Holding 2 events. Next try in 5 s reason=no_token',
  },
  {
    what: 'events to retry with the span of their next attempts',
    fields: {
      message: 'message waits',
      level: 'WARN',
      outcome: 'retry',
      count: 3,
      reason: 'timeout',
      wait_s: '6 5 30',
    },
    shown: '↻ Retrying 3 events. Next try in 5 to 30 s reason=timeout',
  },
  {
    what: 'a call that TikTok accepted in part',
    fields: {
      message: 'tiktok answered',
      outcome: 'delivered',
      count: 2,
      reason: 'tiktok_20001',
      partial: true,
    },
    shown: '! TikTok accepted only part of 2 events reason=tiktok_20001',
  },
  {
    what: 'a parked event',
    fields: { message: 'message parked', level: 'WARN', reason: 'expired', detail: 'd' },
    shown: '✗ parked reason=expired  detail=d',
  },
  {
    what: 'any other warning with its fields',
    fields: { message: 'something new', level: 'WARN', a: 1, b: { c: 2 }, d: null },
    shown: '! something new a=1  b={"c":2}',
  },
  { what: 'an error', fields: { message: 'it broke', level: 'ERROR' }, shown: '✗ it broke' },
  {
    what: 'a message named like a property of every object',
    fields: { message: 'constructor' },
    shown: '· constructor',
  },
])('shows $what on one line', ({ fields, shown }) => {
  expect(line(fields)).toBe(`15:30:52 ${shown}`);
});

test.each([
  ['tiktok_40105', 'TikTok refused the token (40105): 1 event'],
  ['tiktok_40001', 'TikTok refused the request (40001): 1 event'],
  ['http_404', 'TikTok answered HTTP 404: 1 event'],
])('says why it holds an event with the reason %s', (reason, text) => {
  const fields = { message: 'tiktok answered', outcome: 'hold', count: 1, reason };
  expect(line(fields)).toBe(`15:30:52 ‖ ${text} reason=${reason}`);
});

test.each([
  ['network', 'TikTok unreachable: 2 events'],
  ['timeout', 'TikTok unreachable: 2 events'],
  ['tiktok_40100', 'TikTok answered 40100: 2 events'],
  ['http_503', 'TikTok answered HTTP 503: 2 events'],
  ['unreadable_answer', "TikTok's answer is unreadable: 2 events"],
  ['oversized_answer', "TikTok's answer is unreadable: 2 events"],
])('says why it retries events with the reason %s', (reason, text) => {
  const fields = { message: 'tiktok answered', outcome: 'retry', count: 2, reason };
  expect(line(fields)).toBe(`15:30:52 ↻ ${text} reason=${reason}`);
});

test.each([
  ['metrics', { _aws: {}, EventsAccepted: 1 }],
  [
    'the counts of delivered events',
    { message: 'coverage', source: 'api', event_name: 'Purchase', events: 2 },
  ],
])('leaves out %s', (_, fields) => {
  expect(line(fields)).toBeUndefined();
});

test.each(['Ready at http://127.0.0.1:3000', '{not json', ''])('keeps %j, which is no log line', (text) => {
  expect(prettyLine(text, plain)).toBe(text);
});

test('removes control characters, so that logged text cannot control the terminal', () => {
  expect(line({ message: 'a\u001b[2Jb', x: 'c\nd\u009b' })).toBe('15:30:52 · a [2Jb x=c d ');
  expect(line({ message: 'a\u202eb', x: 'c\u2066d' })).toBe('15:30:52 · a b x=c d');
});

test('counts the warnings and errors of a post by their code', () => {
  const fields = {
    message: 'events received',
    source: 'api',
    accepted: 3,
    rejected: 1,
    event: 'a b - d',
    warnings: 'email:invalid_email@0-1 ip:private_ip@3',
    errors: 'value:negative@2',
  };
  expect(line(fields)?.split('\n')).toEqual([
    '15:30:52 → accepted 3 events, rejected 1',
    '           errors   value:negative',
    '           warnings email:invalid_email ×2, ip:private_ip',
  ]);
});

test('shows the source of events that another producer wrote', () => {
  const fields = { message: 'events received', source: 'queue', accepted: 1, rejected: 0, event: 'a' };
  expect(line(fields)).toBe('15:30:52 → accepted 1 event source=queue');
});
