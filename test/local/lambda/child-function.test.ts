/** A function in a process of its own can fail in every way that a Lambda function can. */
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { invokeFunction } from '../../../local/lambda/invoke-function.ts';
import { eventually } from '../../support/eventually.ts';
import { type ChildFunction, createChildFunction } from '../../support/gateway/child-function.ts';

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
  test('runs a handler with its environment and its remaining time', async () => {
    start();
    const answer = await call();
    expect(answer).toMatchObject({ calls: 1, stage: 'probe' });
    expect(answer.pid).not.toBe(process.pid);
    expect(answer.left).toBeGreaterThan(0);
    expect(answer.left).toBeLessThanOrEqual(10_000);
  });

  test('reuses its processes and starts one for each concurrent call', async () => {
    start();
    const both = await Promise.all([call(), call()]);
    expect(new Set(both.map(({ pid }) => pid)).size).toBe(2);
    expect(await call()).toMatchObject({ calls: 2 });
  });

  test('passes on the output of the handler', async () => {
    start();
    await call('print');
    expect(output).toBe('print\n');
  });

  test('keeps the process when the handler throws, and reports the error', async () => {
    start();
    await expect(call('throw')).rejects.toThrow('TypeError: thrown');
    expect(await call()).toMatchObject({ calls: 2 });
  });

  test('starts a new process after a crash', async () => {
    start();
    await expect(call('exit')).rejects.toThrow(/exited/);
    expect(await call()).toMatchObject({ calls: 1 });
  });

  test('stops a handler at its timeout, even in an endless loop', async () => {
    start();
    await call();
    await expect(call('hang', 200)).rejects.toThrow(/timed out|exited/);
    expect(await call()).toMatchObject({ calls: 1 });
  });

  test('rejects the call when the process is killed during it', async () => {
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
