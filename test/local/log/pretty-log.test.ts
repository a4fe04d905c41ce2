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
    what: 'events that were not sent',
    fields: {
      message: 'events not sent',
      level: 'WARN',
      outcome: 'hold',
      count: 2,
      reason: 'no_token',
      trace: 't',
    },
    shown: '‖ not sent yet: 2 events reason=no_token',
  },
  {
    what: 'the held events of a batch',
    fields: { message: 'batch settled', held: 2, retried: 0 },
    shown: '‖ 2 events on hold',
  },
  {
    what: 'the retried events of a batch',
    fields: { message: 'batch settled', held: 0, retried: 1 },
    shown: '↻ 1 event to retry',
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
  ['tiktok_40105', 'Holding 1 event: TikTok refused the token (40105). Next try in 5 s'],
  ['tiktok_40001', 'Holding 1 event: TikTok refused the request (40001). Next try in 5 s'],
  ['http_404', 'Holding 1 event: TikTok answered HTTP 404. Next try in 5 s'],
])('says why it holds an event with the reason %s', (reason, text) => {
  const fields = { message: 'tiktok answered', outcome: 'hold', count: 1, reason };
  expect(line(fields)).toBe(`15:30:52 ‖ ${text} reason=${reason}`);
});

test.each([
  ['network', 'TikTok unreachable, retrying 2 events within 5 s'],
  ['timeout', 'TikTok unreachable, retrying 2 events within 5 s'],
  ['tiktok_40100', 'TikTok answered 40100, retrying 2 events within 5 s'],
  ['http_503', 'TikTok answered HTTP 503, retrying 2 events within 5 s'],
  ['unreadable_answer', "TikTok's answer is unreadable, retrying 2 events within 5 s"],
  ['oversized_answer', "TikTok's answer is unreadable, retrying 2 events within 5 s"],
])('says why it retries events with the reason %s', (reason, text) => {
  const fields = { message: 'tiktok answered', outcome: 'retry', count: 2, reason };
  expect(line(fields)).toBe(`15:30:52 ↻ ${text} reason=${reason}`);
});

test.each([
  ['metrics', { _aws: {}, EventsAccepted: 1 }],
  ['a batch whose messages all have their own lines', { message: 'batch settled', held: 0, retried: 0 }],
])('leaves out %s', (_, fields) => {
  expect(line(fields)).toBeUndefined();
});

test.each(['Ready at http://127.0.0.1:3000', '{not json', ''])('keeps %j, which is no log line', (text) => {
  expect(prettyLine(text, plain)).toBe(text);
});

test('removes control characters, so that logged text cannot control the terminal', () => {
  expect(line({ message: 'a\u001b[2Jb', x: 'c\nd\u009b' })).toBe('15:30:52 · a [2Jb x=c d ');
});
