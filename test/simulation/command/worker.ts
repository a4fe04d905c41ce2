/** A worker process of `npm run simulate`: runs the seeds of each task, and answers what they add up to. */
import { runSeed, type SeedResult } from '../run-seed.ts';
import { add, noSeeds, type Tally, tallyOf } from './tally.ts';

export interface Task {
  readonly from: number;
  readonly seeds: number;
}

export interface TaskResult {
  readonly tally: Tally;
  readonly failed: readonly SeedResult[];
}

// The errors of the simulated world are many, and nobody reads their stacks.
Error.stackTraceLimit = 0;

process.on('message', async (task: Task) => {
  process.send?.(await runTask(task));
});

async function runTask({ from, seeds }: Task): Promise<TaskResult> {
  let tally = noSeeds;
  const failed: SeedResult[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = await runSeed(seed);
    tally = add(tally, tallyOf(result));
    if (result.violation !== undefined) failed.push(result);
  }
  return { tally, failed };
}
