import { expect, test } from 'vitest';
import { untilDone } from '../../../lib/sync/state/until-done.ts';

const clock = { now: () => 0, pause: async () => undefined, timeout: () => new AbortController().signal };

test('what a batch leaves out is asked for again', async () => {
  const calls: number[][] = [];
  await untilDone([1, 2, 3, 4, 5], 2, clock, async (keys) => {
    calls.push(keys);
    return calls.length === 1 ? [1] : [];
  });
  expect(calls).toEqual([[1, 2], [3, 4], [5], [1]]);
});

test('a batch that is never done is an error, not a loss', async () => {
  await expect(untilDone([1], 25, clock, async (keys) => keys)).rejects.toThrow('whole batch');
});
