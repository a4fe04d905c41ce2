/** What goes to SQS is split by number and by bytes. */
import { expect, test } from 'vitest';
import { splitIntoBatches } from '../../../lib/queue/batches.ts';

const MiB = 1_048_576;

test.each([
  ['nothing', [], []],
  ['one entry', [1], [[0]]],
  ['ten entries', Array(10).fill(1), [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]],
  ['eleven entries', Array(11).fill(1), [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [10]]],
  ['exactly 1 MiB', [MiB - 1, 1], [[0, 1]]],
  ['1 MiB and a byte', [MiB - 1, 2], [[0], [1]]],
  ['an entry of 1 MiB between others', [1, MiB, 1], [[0], [1], [2]]],
  ['an entry that is too large for a batch', [MiB + 1, 1], [[0], [1]]],
  [
    'four entries of half a batch',
    [MiB / 2, MiB / 2, MiB / 2, MiB / 2],
    [
      [0, 1],
      [2, 3],
    ],
  ],
])('splits %s into batches of at most 10 entries and 1 MiB', (_, sizes, batches) => {
  expect(splitIntoBatches(sizes)).toEqual(batches);
});
