/** The process of `npm start` on free ports, as a user runs it, driven over HTTP only. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../local/main.ts', import.meta.url));

export interface SandboxRequest {
  readonly code: number | null;
  readonly events: number;
  readonly duplicates: number;
  readonly body: { readonly event_source_id: string; readonly data: readonly Record<string, unknown>[] };
}

export interface QueueState {
  readonly queue: { readonly visible: number; readonly inFlight: number };
  readonly deadLetters: readonly { readonly attributes: Readonly<Record<string, string>> }[];
}

export type GatewayProcess = Awaited<ReturnType<typeof startGatewayProcess>>;

/** Starts `npm start`'s process and waits until it is ready. */
export async function startGatewayProcess(environment: Readonly<Record<string, string>> = {}) {
  const { process: child, output, ready, ended } = spawnGateway(environment);
  const url = /Ready at (\S+)/.exec(await ready())?.[1] ?? '';

  const json = async <T>(path: string, init?: RequestInit): Promise<T> =>
    (await fetch(url + path, init)).json() as Promise<T>;

  return {
    url,
    output,
    post: (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { authorization: 'Bearer local-api-key', 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    requests: async () => (await json<{ requests: SandboxRequest[] }>('/_sandbox/requests')).requests,
    queue: () => json<QueueState>('/_sandbox/queue'),
    addFaults: (faults: unknown) =>
      fetch(`${url}/_sandbox/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(faults),
      }),
    clearFaults: () => fetch(`${url}/_sandbox/faults`, { method: 'DELETE' }),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/**
 * Starts the process with free ports; it may end at once, for example for a wrong setting.
 * @param file `local/main.ts` of this project or of a copy
 */
export function spawnGateway(
  environment: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
  file = main,
) {
  const env = { ...process.env, PORT: '0', SQS_PORT: '0', ...environment };
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const output = () => chunks.join('');
  return {
    process: child,
    /** Standard output and standard error so far. */
    output,
    /** @returns the ready line; rejects with the output when the process ends first */
    ready: () => readyLine(child, output),
    /** The exit code. */
    ended: once(child, 'exit').then(([code]): number | null => code),
  };
}

function readyLine(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const line = /^Ready at .*(?=\n)/m.exec(output())?.[0];
      if (line !== undefined) resolve(line);
    };
    child.stdout?.on('data', look);
    const fail = () => reject(new Error(`npm start ended with ${child.exitCode}: ${output()}`));
    child.once('exit', fail);
    look();
    if (child.exitCode !== null) fail();
  });
}
