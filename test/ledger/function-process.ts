/** A packaged function in a process of its own, which can be killed at any moment and is replaced at the next call. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Context } from 'aws-lambda';

export interface FunctionProcess {
  /** Rejects when the process dies before it answers, or when the function throws. */
  invoke(event: unknown, context: Context): Promise<unknown>;
  /** SIGKILL: what it had in work is left as it is. */
  kill(): void;
  /** All that it wrote to standard output and standard error. */
  output(): string;
  stop(): void;
}

export interface FunctionProcessSettings {
  readonly bundlePath: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly mutant?: string;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

const worker = fileURLToPath(new URL('function-worker.ts', import.meta.url));

export function createFunctionProcess({
  bundlePath,
  environment,
  mutant = '',
}: FunctionProcessSettings): FunctionProcess {
  const output: string[] = [];
  const waiting = new Map<number, { child: ChildProcess; settle: (answer: Answer) => void }>();
  let child: ChildProcess | undefined;
  let lastId = 0;

  function start(): ChildProcess {
    const env = { PATH: process.env.PATH ?? '', ...environment };
    const started = fork(worker, [bundlePath, mutant], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
    });
    started.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    started.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    started.on('message', (answer: Answer) => waiting.get(answer.id)?.settle(answer));
    started.once('exit', () => {
      if (child === started) child = undefined;
      for (const [id, entry] of waiting) if (entry.child === started) entry.settle({ id, error: 'killed' });
    });
    return started;
  }

  async function invoke(event: unknown, context: Context): Promise<unknown> {
    child ??= start();
    const target = child;
    lastId += 1;
    const id = lastId;
    const answer = await new Promise<Answer>((settle) => {
      waiting.set(id, { child: target, settle });
      const deadlineMs = Date.now() + context.getRemainingTimeInMillis();
      target.send({ id, event, deadlineMs }, (error) => {
        if (error) settle({ id, error: 'killed' });
      });
    });
    waiting.delete(id);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result;
  }

  return {
    invoke,
    kill: () => void child?.kill('SIGKILL'),
    output: () => output.join(''),
    stop: () => void child?.kill('SIGKILL'),
  };
}
