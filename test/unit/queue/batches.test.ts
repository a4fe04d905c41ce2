/** What goes to SQS is split by number and by bytes. */
import { describe, expect, it } from 'vitest';
import { splitIntoBatches } from '../../../lib/queue/batches.ts';

const MiB = 1_048_576;

describe('batches for SQS', () => {
  it.each([
    ['nothing', [], []],
    ['one', [1], [[0]]],
    ['ten', Array(10).fill(1), [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]],
    ['eleven', Array(11).fill(1), [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [10]]],
    ['exactly 1 MiB', [MiB - 1, 1], [[0, 1]]],
    ['a byte more', [MiB - 1, 2], [[0], [1]]],
    ['one of 1 MiB between others', [1, MiB, 1], [[0], [1], [2]]],
    ['one too large stands alone', [MiB + 1, 1], [[0], [1]]],
    [
      'bytes count from the start of each batch',
      [MiB / 2, MiB / 2, MiB / 2, MiB / 2],
      [
        [0, 1],
        [2, 3],
      ],
    ],
  ])('%s', (_, sizes, batches) => {
    expect(splitIntoBatches(sizes)).toEqual(batches);
  });
});
