import { expect, test } from 'vitest';
import { keepRows } from '../../../local/athena/kept-rows.ts';

/** Rows `r0`, `r1` … in chunks of a size that fits into no block. */
async function* rows(count: number, perChunk = 2_048) {
  for (let start = 0; start < count; start += perChunk)
    yield Array.from({ length: Math.min(perChunk, count - start) }, (_, index) => [
      `r${start + index}`,
      null,
    ]);
}

test.each([0, 1, 9_999, 10_001, 25_500])('%i rows are read by any page', async (count) => {
  const kept = await keepRows(rows(count));
  for (const [start, size] of [
    [0, 999],
    [999, 1_000],
    [count - 3, 1_000],
    [count, 1_000],
  ] as const) {
    const expected = Array.from(
      { length: Math.max(0, Math.min(size, count - Math.max(0, start))) },
      (_, index) => [`r${Math.max(0, start) + index}`, null],
    );
    expect(await kept.read(Math.max(0, start), size)).toEqual(expected);
  }
  await kept.drop();
});

test('an error in the middle is the error of the whole', async () => {
  const failing = async function* () {
    yield* rows(20_000);
    throw new Error('broken');
  };
  await expect(keepRows(failing())).rejects.toThrow('broken');
});
