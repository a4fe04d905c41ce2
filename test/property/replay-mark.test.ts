/** The mark of a replayed message survives its way through the queue, and nothing else is taken for one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeReplay, encodeReplay, markedReason } from '../../lib/queue/replay-mark.ts';
import { runs } from '../support/runs.ts';

const time = fc.integer({ min: 0, max: 4_102_444_800_000 });
const marks = fc.record({
  count: fc.integer({ min: 1, max: 999_999 }),
  atMs: time,
  reason: fc.oneof(fc.string(), fc.constantFrom('tiktok_40002', 'invalid_event', 'x\u009b31mred')),
  firstSentAtMs: time,
});

test('reads back every mark that it writes, with the reason in plain letters', () => {
  fc.assert(
    fc.property(marks, (mark) => {
      expect(decodeReplay(encodeReplay(mark))).toEqual({ ...mark, reason: markedReason(mark.reason) });
      expect(markedReason(markedReason(mark.reason))).toBe(markedReason(mark.reason));
    }),
    runs(1_000),
  );
});

test('never throws on the attribute of another producer, and repeats no text of it but a code', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const mark = decodeReplay(text);
      if (mark !== undefined) expect(mark.reason).toMatch(/^[a-z][a-z0-9_]*$/);
    }),
    runs(1_000),
  );
});
