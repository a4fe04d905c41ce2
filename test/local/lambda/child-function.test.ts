/** A function in a process of its own can fail in every way that a Lambda function can. */
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { invokeFunction } from '../../../local/lambda/invoke-function.ts';
import { type ChildFunction, createChildFunction } from '../../support/child-function.ts';
import { eventually } from '../../support/eventually.ts';

const file = fileURLToPath(new URL('functions/probe.mjs', import.meta.url));

let child: ChildFunction;
let output = '';
const start = () => {
  output = '';
  const onOutput = (text: string) => {
    output += text;
  };
  child = createChildFunction({ file, environment: { STAGE: 'probe' }, onOutput });
};
afterEach(() => child.stop());

const call = (command = '', timeoutMs = 10_000) =>
  invokeFunction(child.invoke, { command }, { name: 'probe', timeoutMs }) as Promise<Record<string, unknown>>;

describe('a function in a child process', () => {
  test('answers, with its environment and the time that is left', async () => {
    start();
    const answer = await call();
    expect(answer).toMatchObject({ calls: 1, stage: 'probe' });
    expect(answer.pid).not.toBe(process.pid);
    expect(answer.left).toBeGreaterThan(0);
    expect(answer.left).toBeLessThanOrEqual(10_000);
  });

  test('stays warm, and has a process for each call at once', async () => {
    start();
    const both = await Promise.all([call(), call()]);
    expect(new Set(both.map(({ pid }) => pid)).size).toBe(2);
    expect(await call()).toMatchObject({ calls: 2 });
  });

  test('hands on what it prints', async () => {
    start();
    await call('print');
    expect(output).toBe('print\n');
  });

  test('stays when it throws, and says what', async () => {
    start();
    await expect(call('throw')).rejects.toThrow('TypeError: thrown');
    expect(await call()).toMatchObject({ calls: 2 });
  });

  test('is started anew after it crashed', async () => {
    start();
    await expect(call('exit')).rejects.toThrow(/exited/);
    expect(await call()).toMatchObject({ calls: 1 });
  });

  test('is stopped at its timeout, even in an endless loop', async () => {
    start();
    await call();
    await expect(call('hang', 200)).rejects.toThrow(/timed out|exited/);
    expect(await call()).toMatchObject({ calls: 1 });
  });

  test('can be killed in the middle of a call', async () => {
    start();
    await call();
    const running = call('hang');
    running.catch(() => undefined);
    await eventually(() => output.includes('hang'));
    child.kill();
    await expect(running).rejects.toThrow(/exited/);
    expect(await call()).toMatchObject({ calls: 1 });
  });
});
