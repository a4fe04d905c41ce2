/** On a terminal each step of an event is one readable line. */
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
  [
    { message: 'events received', status: 202, accepted: 2, rejected: 0, not_queued: 0, trace: 't' },
    '→ accepted 2 events trace=t',
  ],
  [
    { message: 'events received', status: 207, accepted: 1, rejected: 1, not_queued: 3 },
    '→ accepted 1 event, rejected 1, not queued 3',
  ],
  [
    { message: 'events received', status: 401, reason: 'unauthorized' },
    '✗ refused with 401 reason=unauthorized',
  ],
  [
    {
      message: 'tiktok answered',
      outcome: 'delivered',
      count: 50,
      destination: 'default',
      reason: 'tiktok_0',
    },
    '✓ delivered 50 events destination=default  reason=tiktok_0',
  ],
  [
    { message: 'tiktok answered', outcome: 'hold', count: 1, reason: 'tiktok_40105' },
    '‖ TikTok holds back 1 event reason=tiktok_40105',
  ],
  [{ message: 'tiktok answered', outcome: 'new', count: 1 }, '· TikTok answered new: 1 event'],
  [
    { message: 'events not sent', level: 'WARN', outcome: 'hold', count: 2, reason: 'no_token', trace: 't' },
    '‖ not sent yet: 2 events reason=no_token',
  ],
  [{ message: 'batch settled', held: 2, retried: 0 }, '‖ held 2 events'],
  [{ message: 'batch settled', held: 0, retried: 1 }, '↻ 1 event will be sent again'],
  [
    { message: 'message parked', level: 'WARN', reason: 'expired', detail: 'd' },
    '✗ parked reason=expired  detail=d',
  ],
  [{ message: 'something new', level: 'WARN', a: 1, b: { c: 2 }, d: null }, '! something new a=1  b={"c":2}'],
  [{ message: 'it broke', level: 'ERROR' }, '✗ it broke'],
  [{ message: 'constructor' }, '· constructor'],
])('%j', (fields, expected) => {
  expect(line(fields)).toBe(`15:30:52 ${expected}`);
});

test.each([
  ['metrics', { _aws: {}, EventsAccepted: 1 }],
  ['a batch of which every message has had its line', { message: 'batch settled', held: 0, retried: 0 }],
])('%s are left out', (_, fields) => {
  expect(line(fields)).toBeUndefined();
});

test.each(['Ready at http://127.0.0.1:3000', '{not json', ''])('%j is no log line and stays', (text) => {
  expect(prettyLine(text, plain)).toBe(text);
});

test('what others wrote cannot steer the terminal', () => {
  expect(line({ message: 'a\u001b[2Jb', x: 'c\nd\u009b' })).toBe('15:30:52 · a [2Jb x=c d ');
});
