/** Laws of the consumer, for any batch and any sequence of TikTok's answers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TikTokReply } from '../../lib/tiktok/client.ts';
import { record, reply } from '../support/delivery/arbitraries.ts';
import { runBatch } from '../support/delivery/delivery.ts';
import { createMemoryQueue } from '../support/queue/memory-queue.ts';
import { runs } from '../support/runs.ts';

const isDelivered = (answer: TikTokReply) =>
  answer.kind === 'answer' && answer.status === 200 && [0, 20001, 40050].includes(answer.code ?? -1);

test('promise 1: settles every message of a batch or reports it once, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 55 }),
      fc.array(reply, { minLength: 1, maxLength: 30 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
      fc.constantFrom('token', undefined),
      async (records, replies, stored, token) => {
        const proven = new Set<string>();
        const queue = createMemoryQueue((index) => stored[index % stored.length] ?? true);
        const next = (index: number): TikTokReply =>
          replies[index % replies.length] ?? { kind: 'answer', status: 200, code: 0 };
        const run = await runBatch(
          records,
          ({ ids }, index) => {
            if (isDelivered(next(index))) for (const id of ids) proven.add(id);
            return next(index);
          },
          { queue, readToken: async () => token },
        );
        const ids = records.map(({ messageId }) => messageId);
        expect(new Set(run.failures).size).toBe(run.failures.length);
        for (const failure of run.failures) expect(ids).toContain(failure);
        const parkedBodies = new Set(queue.sent.map(({ message }) => message.body));
        for (const { messageId, body } of records) {
          if (run.failures.includes(messageId)) continue;
          expect(parkedBodies.has(body) || proven.has(messageId.slice(2)) || proven.has(messageId)).toBe(
            true,
          );
        }
        for (const { attributes } of run.parked)
          expect(attributes).toMatchObject({
            reason: expect.stringMatching(/^[a-z0-9_]+$/),
            outcome: expect.stringMatching(/^(refused|unknown)$/),
          });
        // The first call of each destination, and of a second group when one destination has more than 50 messages.
        const firstCalls = new Set(run.calls.map(({ source }) => source)).size + Number(records.length > 50);
        expect(run.calls.length - firstCalls).toBeLessThanOrEqual(20);
      },
    ),
    runs(300),
  );
});
