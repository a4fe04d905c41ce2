/** Starts a part of the gateway in its own process, so that its usage does not mix with that of the load. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Ask = 'usage' | 'collectedUsage' | 'release' | 'drain';

export interface ChildSettings {
  /** `empty`: the same HTTP server with a handler that does nothing. `held`: the consumer waits for `release`. */
  readonly part: 'gateway' | 'empty' | 'held' | 'queue';
  readonly tiktokApiUrl?: string;
}

export interface Usage {
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** The resources that keep the process alive. */
  readonly sockets: number;
  readonly timers: number;
  /** All open files and sockets, idle ones too; undefined on all systems but Linux. */
  readonly descriptors: number | undefined;
}

interface Info {
  readonly url: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

export type MeasuredProcess = Awaited<ReturnType<typeof startMeasured>>;

const file = fileURLToPath(new URL('./measured-child.ts', import.meta.url));
const keptErrorChars = 100_000;

export async function startMeasured(settings: ChildSettings) {
  const child = fork(file, [JSON.stringify(settings)], {
    execArgv: ['--expose-gc'],
    // The process writes its log lines as usual, and they are discarded.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-keptErrorChars);
  });
  child.on('message', ({ id, answer }: { id: number; answer: unknown }) => {
    open.get(id)?.resolve(answer);
    open.delete(id);
  });
  child.once('exit', (code) => {
    const error = new Error(`the process ended with ${code}: ${errors.slice(-2000)}`);
    for (const { reject } of open.values()) reject(error);
  });
  function expectAnswer(id: number): Promise<unknown> {
    const waiting = Promise.withResolvers<unknown>();
    open.set(id, waiting);
    return waiting.promise;
  }
  function ask(what: Ask): Promise<unknown> {
    lastId += 1;
    const answer = expectAnswer(lastId);
    child.send({ id: lastId, ask: what });
    return answer;
  }
  const info = (await expectAnswer(0)) as Info;
  return {
    ...info,
    usage: () => ask('usage') as Promise<Usage>,
    /** After a garbage collection. */
    collectedUsage: () => ask('collectedUsage') as Promise<Usage>,
    release: () => ask('release'),
    drain: () => ask('drain'),
    /** The end of the text that it wrote to stderr. */
    errors: () => errors,
    async stop(): Promise<void> {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
