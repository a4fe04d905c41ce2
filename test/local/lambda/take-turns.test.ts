import type { Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { takeTurns } from '../../../local/lambda/take-turns.ts';

const context = {} as Context;

test('handles a burst of requests in order, a few at once, even after a failure', async () => {
  const started: number[] = [];
  let inWork = 0;
  let most = 0;
  const invoke = takeTurns(async (number: number) => {
    started.push(number);
    inWork += 1;
    most = Math.max(most, inWork);
    await new Promise((resolve) => setTimeout(resolve, 1));
    inWork -= 1;
    if (number === 2) throw new Error('broken');
    return number * 10;
  }, 3);

  const numbers = Array.from({ length: 20 }, (_, number) => number);
  const answers = await Promise.allSettled(numbers.map((number) => invoke(number, context)));

  expect(started).toEqual(numbers);
  expect(most).toBe(3);
  expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(answers[19]).toEqual({ status: 'fulfilled', value: 190 });
  expect(await invoke(7, context)).toBe(70);
});
