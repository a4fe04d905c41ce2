/** How many batches the event source mapping works on, and how it ends. */
import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { isEmpty, numbers, readAttributes, send, startMapping, useMappings } from '../sqs/queue-support.ts';

const { start, map } = useMappings();

describe('the mapping', () => {
  test('processes no more batches at once than its limit', async () => {
    const queue = await start({ visibilityTimeoutSeconds: 30 });
    await send(queue, numbers(12));
    let running = 0;
    let most = 0;
    const invoke = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 150));
      running -= 1;
    };
    const { bodies } = map(queue, invoke, { batchSize: 2, maximumConcurrency: 3, windowMs: 10 });
    await eventually(() => bodies().flat().length === 12);
    expect(most).toBe(3);
  });

  test('finishes its batches and takes no new message when it stops', async () => {
    const queue = await start({ visibilityTimeoutSeconds: 30 });
    await send(queue, ['started']);
    let isDone = false;
    const { batches, mapping } = startMapping(queue, async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      isDone = true;
    });
    await eventually(() => batches.length === 1);
    await mapping.stop();
    expect(isDone).toBe(true);
    expect(await isEmpty(queue)).toBe(true);
    await send(queue, ['later']);
    expect(await readAttributes(queue)).toMatchObject({ ApproximateNumberOfMessages: '1' });
    expect(batches).toHaveLength(1);
  });

  test('keeps polling while the queue is unreachable', async () => {
    const queue = await start();
    await queue.stop();
    const { errors, mapping } = startMapping(queue, () => undefined);
    await eventually(() => errors.length > 1);
    await mapping.stop();
  });
});
