/** Runs many seeds on all cores. */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { add, noSeeds } from './tally.ts';
import type { Task, TaskResult } from './worker.ts';

/** A task takes about a second, so that the progress moves and the workers end together. */
const seedsOfTask = 20;
const workerFile = fileURLToPath(new URL('worker.ts', import.meta.url));

/** @param onProgress gets the sums so far. Rejects when a worker dies. */
export async function runSeeds(
  { from, seeds }: Task,
  onProgress: (sums: TaskResult) => void,
): Promise<TaskResult> {
  const tasks = tasksOf(from, seeds);
  let sums: TaskResult = { tally: noSeeds, failed: [] };
  const work = async (): Promise<void> => {
    const worker = fork(workerFile);
    try {
      for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
        const { tally, failed } = await perform(worker, task);
        sums = { tally: add(sums.tally, tally), failed: [...sums.failed, ...failed] };
        onProgress(sums);
      }
    } finally {
      worker.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, work));
  return { ...sums, failed: sums.failed.toSorted((a, b) => a.seed - b.seed) };
}

function tasksOf(from: number, seeds: number): Task[] {
  return Array.from({ length: Math.ceil(seeds / seedsOfTask) }, (_, index) => {
    const done = index * seedsOfTask;
    return { from: from + done, seeds: Math.min(seedsOfTask, seeds - done) };
  });
}

function perform(worker: ChildProcess, task: Task): Promise<TaskResult> {
  const { promise, resolve, reject } = Promise.withResolvers<TaskResult>();
  const onExit = (code: number | null) =>
    reject(new Error(`The worker with the seeds from ${task.from} ended with exit code ${code}.`));
  worker.once('exit', onExit);
  worker.once('message', (result: TaskResult) => {
    worker.off('exit', onExit);
    resolve(result);
  });
  worker.send(task);
  return promise;
}
