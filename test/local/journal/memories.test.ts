/** What the gateway on this machine remembers is bounded, by number and by size. */
import type { SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { createEventMemory } from '../../../local/journal/event-memory.ts';
import { createJournalMemory } from '../../../local/journal/journal-memory.ts';
import { tapOutput } from '../../../local/journal/tap-output.ts';

const page = (text: string) =>
  JSON.parse(text) as { lines: { seq: number; line: { n: number } }[]; next: number; dropped: number };

test('drops the oldest lines above the greatest number, and says how many', () => {
  const memory = createJournalMemory({ maxLines: 3, maxCharacters: 1_000 });
  for (let n = 1; n <= 20; n += 1) memory.add(JSON.stringify({ n }));
  const { lines, next, dropped } = page(memory.page(0, 100));
  expect(lines).toEqual([18, 19, 20].map((n) => ({ seq: n, line: { n } })));
  expect([next, dropped]).toEqual([20, 17]);
  expect(page(memory.page(18, 1)).lines).toEqual([{ seq: 19, line: { n: 19 } }]);
  expect(page(memory.page(2, 1))).toMatchObject({ lines: [{ seq: 18 }], next: 18 });
});

test('drops the oldest lines above the greatest size', () => {
  const memory = createJournalMemory({ maxLines: 100, maxCharacters: 20 });
  for (let n = 1; n <= 9; n += 1) memory.add(JSON.stringify({ n }));
  expect(page(memory.page(0, 100)).lines.map(({ seq }) => seq)).toEqual([8, 9]);
  memory.add(JSON.stringify({ n: 'x'.repeat(30) }));
  expect(page(memory.page(0, 100))).toEqual({ lines: [], next: 10, dropped: 10 });
});

test('finds the lines that contain one of the texts, and none that was dropped', () => {
  const memory = createJournalMemory({ maxLines: 2, maxCharacters: 1_000 });
  for (const event of ['aa', 'bb', 'aa cc']) memory.add(JSON.stringify({ event }));
  expect(memory.containing(['aa'])).toEqual(['{"event":"aa cc"}']);
  expect(memory.containing(['bb', 'cc'])).toHaveLength(2);
});

const record = (event: object, SentTimestamp = '1790000000000') =>
  ({ body: JSON.stringify(event), messageId: 'm-1', attributes: { SentTimestamp } }) as unknown as SQSRecord;

test('remembers the last events only', () => {
  const memory = createEventMemory({ maxEvents: 2, maxCharacters: 10_000 });
  for (const event_id of ['a', 'b', 'c']) memory.queued([record({ event_id })]);
  expect(['a', 'b', 'c'].map((id) => memory.find(fingerprint(id)) !== undefined)).toEqual([
    false,
    true,
    true,
  ]);
  memory.sent([{ event_id: 'b' }, { event_id: 'unknown' }, null, 'text']);
  memory.queued([record({ event_id: 'd' })]);
  expect(['b', 'c', 'd'].map((id) => memory.find(fingerprint(id)) !== undefined)).toEqual([
    true,
    false,
    true,
  ]);
});

test('keeps what TikTok received when the event is handed out again', () => {
  const memory = createEventMemory();
  memory.queued([record({ event_id: 'a' })]);
  memory.sent([{ event_id: 'a', event: 'Purchase' }]);
  memory.queued([record({ event_id: 'a' })]);
  expect(JSON.parse(memory.find(fingerprint('a')) ?? '')).toMatchObject({ sent: { event: 'Purchase' } });
});

test('forgets events above the greatest size', () => {
  const memory = createEventMemory({ maxEvents: 10, maxCharacters: 300 });
  memory.queued([record({ event_id: 'a' }), record({ event_id: 'b', description: 'x'.repeat(200) })]);
  expect(memory.find(fingerprint('a'))).toBeUndefined();
  memory.queued([record({ event_id: 'c', description: 'x'.repeat(400) })]);
  expect(memory.find(fingerprint('c'))).toBeUndefined();
});

test('ignores a message that nobody can read, and one without a time', () => {
  const memory = createEventMemory();
  memory.queued([{ ...record({}), body: '{' }, record({ event_id: 'a' }, 'x')]);
  expect(JSON.parse(memory.find(fingerprint('a')) ?? '')).toMatchObject({ message: { received_at: null } });
});

test('reads log lines from the output, also in parts, until its end', () => {
  const lines: string[] = [];
  const end = tapOutput((line) => lines.push(line));
  process.stdout.write('{"message":');
  process.stdout.write('"a"}\n{"_aws":{},"message":"metrics"}\n');
  process.stderr.write('{"message":"b"}\n');
  end();
  process.stdout.write('{"message":"c"}\n');
  expect(lines).toEqual(['{"message":"a"}', '{"message":"b"}']);
});
