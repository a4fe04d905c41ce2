/** A simulated Lambda function: one statement about environments per test. */
import { expect, test } from 'vitest';
import { simulatedStage } from '../stage.ts';
import { emptyWorld } from '../surroundings.ts';
import { createCountingTelemetry } from './counting-telemetry.ts';
import { createLambda, type LambdaSettings } from './lambda.ts';
import type { Reach } from './reach.ts';

const unused = async () => Promise.reject(new Error('not used'));

type Work = (reach: Reach) => Promise<unknown>;

/** A function that counts, in each of its environments, the runs there. */
function lambdaWorld(work: Work = async () => {}, changes: Partial<LambdaSettings<string, number>> = {}) {
  const world = emptyWorld();
  const outside = {
    stage: simulatedStage(),
    sqs: { sendMessageBatch: unused, changeMessageVisibilityBatch: unused },
    secrets: { read: async () => 'text' },
    fetch: unused,
    telemetry: createCountingTelemetry(),
  };
  let loads = 0;
  const load = (reach: Reach) => {
    let runs = 0;
    loads += 1;
    return async () => {
      runs += 1;
      await work(reach);
      return runs;
    };
  };
  const lambda = createLambda<string, number>(world, outside, {
    name: 'function',
    timeoutMs: 10_000,
    maxConcurrency: 10,
    load,
    ...changes,
  });
  const invoke = (ms?: number) => world.during(lambda.invoke('event'), ms);
  return { world, lambda, invoke, loads: () => loads };
}

test('a free environment runs the next event, with what it remembers', async () => {
  const { invoke, loads } = lambdaWorld();
  expect([await invoke(), await invoke(), await invoke()]).toEqual([1, 2, 3]);
  expect(loads()).toBe(1);
});

test('an event that comes while all environments are busy starts a cold one', async () => {
  const { world, lambda, loads } = lambdaWorld(({ clock }) => clock.pause(1_000));
  const both = Promise.all([lambda.invoke('a'), lambda.invoke('b')]);
  expect(await world.during(both)).toEqual([1, 1]);
  expect(loads()).toBe(2);
});

test('an event can start a cold environment although another one is free', async () => {
  const { lambda, invoke, loads } = lambdaWorld();
  lambda.trouble.startsCold = 1;
  expect([await invoke(), await invoke()]).toEqual([1, 1]);
  expect(loads()).toBe(2);
});

test('a cold start takes time before the code runs', async () => {
  const { world, invoke } = lambdaWorld();
  await expect(invoke(200)).rejects.toThrow('not done');
  await world.scheduler.run(world.scheduler.now() + 1_000);
  expect(await invoke(0)).toBe(2);
});

test('an environment that crashes at a call is never used again', async () => {
  const { lambda, invoke } = lambdaWorld(({ secrets }) => secrets.read('name'));
  expect(await invoke()).toBe(1);
  lambda.trouble.crashes = 1;
  await expect(invoke()).rejects.toMatchObject({ name: 'CrashError' });
  lambda.trouble.crashes = 0;
  expect(await invoke()).toBe(1);
});

test('a run that takes too long ends its environment', async () => {
  let ms = 20_000;
  const { invoke } = lambdaWorld(({ clock }) => clock.pause(ms));
  await expect(invoke(15_000)).rejects.toMatchObject({ name: 'TimeoutError' });
  ms = 100;
  expect(await invoke()).toBe(1);
});

test('an environment whose code throws stays in use', async () => {
  let isFailing = true;
  const { invoke } = lambdaWorld(async () => {
    if (isFailing) throw new Error('broken');
  });
  await expect(invoke()).rejects.toThrow('broken');
  isFailing = false;
  expect(await invoke()).toBe(2);
});

test('events beyond the concurrency limit are throttled', async () => {
  const { world, lambda, invoke } = lambdaWorld(({ clock }) => clock.pause(5_000), { maxConcurrency: 1 });
  const first = lambda.invoke('a');
  await expect(invoke(1_000)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  expect(await world.during(first)).toBe(1);
});

test('the timers of a frozen environment fire when it is used again', async () => {
  const fired: number[] = [];
  const { world, invoke } = lambdaWorld(async ({ clock }) => {
    void clock.pause(1_000).then(() => fired.push(clock.now()));
  });
  await invoke(900);
  await world.scheduler.run(world.scheduler.now() + 3_600_000);
  expect(fired).toEqual([]);
  const againMs = world.scheduler.now();
  await invoke(900);
  expect(fired).toEqual([againMs]);
});
