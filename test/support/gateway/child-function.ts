/**
 * Runs a handler in a process of its own, as Lambda does: it can crash, be killed, and be stopped at its timeout, and
 * what it leaves behind in memory is gone with it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Context } from 'aws-lambda';

export interface ChildFunctionSettings {
  /** A module that exports `handler`: a source file or a bundle. */
  file: string;
  environment: Readonly<Record<string, string>>;
  /** Where its output goes: to ours, or to the listener, in pieces as they come. */
  onOutput?: (text: string) => void;
}

export interface ChildFunction {
  /** Uses a process that is free, or starts one. Rejects when the handler throws, crashes or runs out of time. */
  invoke(event: unknown, context: Context): Promise<unknown>;
  /** Kills the processes at once, as when an execution environment is lost; the next call starts a new one. */
  kill(): void;
  stop(): Promise<void>;
}

const runner = fileURLToPath(new URL('child-function-runner.ts', import.meta.url));

/** What the runner sends back. */
export type ChildAnswer = { answer: unknown } | { error: string };

/** Waits for the answer to one call; the end of the process is an answer too. */
function callChild(child: ChildProcess, event: unknown, context: Context): Promise<ChildAnswer> {
  const { getRemainingTimeInMillis: remaining, done: _, fail: __, succeed: ___, ...plain } = context;
  const remainingMs = remaining();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), remainingMs);
    const onMessage = (answer: ChildAnswer) => finish(answer);
    const onExit = () => finish({ error: 'The function exited before it answered' });
    const finish = (answer: ChildAnswer) => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(answer);
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
    child.send({ event, context: plain, remainingMs }, (error) => {
      if (error) onExit();
    });
  });
}

export function createChildFunction(settings: ChildFunctionSettings): ChildFunction {
  const children = new Set<ChildProcess>();
  const free: ChildProcess[] = [];

  function start(): ChildProcess {
    const child = fork(runner, [settings.file], {
      env: { ...process.env, ...settings.environment },
      stdio: [
        'ignore',
        settings.onOutput ? 'pipe' : 'inherit',
        settings.onOutput ? 'pipe' : 'inherit',
        'ipc',
      ],
    });
    const { onOutput } = settings;
    if (onOutput)
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => onOutput(String(data)));
    children.add(child);
    child.once('exit', () => {
      children.delete(child);
      const index = free.indexOf(child);
      if (index >= 0) free.splice(index, 1);
    });
    return child;
  }

  function kill(): void {
    free.length = 0;
    for (const child of children) child.kill('SIGKILL');
  }

  return {
    invoke: async (event, context) => {
      const child = free.pop() ?? start();
      const result = await callChild(child, event, context);
      if (child.exitCode === null && child.signalCode === null) free.push(child);
      if ('error' in result) throw new Error(result.error);
      return result.answer;
    },
    kill,
    stop: async () => {
      const ends = [...children].map((child) => once(child, 'exit'));
      kill();
      await Promise.all(ends);
    },
  };
}
