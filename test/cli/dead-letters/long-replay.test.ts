/** A look or a replay that takes longer than letters stay hidden still sees all of them. */
import { expect, test } from 'vitest';
import { browseDeadLetters } from '../../../cli/dead-letters/browse.ts';
import { replayDeadLetters } from '../../../cli/dead-letters/replay/replay.ts';
import { createUnorderedQueue } from '../support/unordered-queue.ts';

const letters = Array.from({ length: 120 }, (_, n) => ({
  body: JSON.stringify({ v: 1, event: { event_name: 'Lead', event_id: `e${n}` } }),
  attributes: { reason: 'tiktok_40002', outcome: 'refused', destination: n % 6 === 0 ? 'two' : 'default' },
}));
const queueOf = (seed: number) => {
  let state = seed;
  return createUnorderedQueue(letters, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  });
};

test.each([
  [1, ['one', 'two'], Array(20).fill('two')],
  [2, ['one', 'two', 'three'], Array(20).fill('two')],
  [3, ['two'], []],
])(
  'replay puts back every letter that was asked for (order %i, destinations %j)',
  async (seed, destinations, groups) => {
    const queue = queueOf(seed);
    const report = await replayDeadLetters({
      sqs: queue.sqs,
      queueUrl: 'queue',
      deadLetterQueueUrl: 'dead-letters',
      destinations,
      filter: { destination: 'two' },
      limit: Number.POSITIVE_INFINITY,
      // 20 letters in 2 s: those that stay are hidden for 0.3 s, and come again and again.
      rate: 10,
      includeUnknown: false,
      renew: false,
      again: false,
      journal: { write: async () => undefined },
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(report).toMatchObject({ replayed: 20, left: { filtered: 100 } });
    expect(queue.sent).toHaveLength(20);
    expect(queue.groups).toEqual(groups);
    expect(queue.left()).toHaveLength(100);
  },
);

test('list tells each letter once', async () => {
  const queue = queueOf(1);
  const seen: string[] = [];
  const send = async (command: never) => {
    await new Promise((resolve) => setTimeout(resolve, 90));
    return queue.sqs.send(command);
  };
  const slow = { send } as unknown as typeof queue.sqs;
  const { signal } = new AbortController();
  const isDone = await browseDeadLetters({ sqs: slow, queueUrl: 'dead-letters', signal }, ({ messageId }) =>
    seen.push(messageId),
  );
  expect(isDone).toBe(true);
  expect(new Set(seen).size).toBe(120);
  expect(seen).toHaveLength(120);
});
