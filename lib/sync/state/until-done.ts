/** Batches of DynamoDB: it can leave out a part of each when it is busy. */
import type { Clock } from '../../clock/clock.ts';

const rounds = 8;
const pauseMs = 100;

/** Calls again with what DynamoDB left out of a batch, after longer and longer pauses. @throws when it never takes all */
export async function untilDone<Key>(
  keys: readonly Key[],
  perCall: number,
  clock: Clock,
  call: (keys: Key[]) => Promise<readonly Key[]>,
): Promise<void> {
  let open = keys;
  for (let round = 0; open.length > 0; round += 1) {
    if (round === rounds) throw new Error('DynamoDB did not process a whole batch');
    if (round > 0) await clock.pause(pauseMs * 2 ** round);
    const left: Key[] = [];
    for (let start = 0; start < open.length; start += perCall)
      left.push(...(await call(open.slice(start, start + perCall))));
    open = left;
  }
}
