/** `npm start`'s own process on free ports: what a user runs, driven over HTTP only. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../local/main.ts', import.meta.url));

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

export async function startGatewayProcess(environment: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, PORT: '0', SQS_PORT: '0', ...environment };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const url = await readyUrl(child, output);

  const json = async <T>(path: string, init?: RequestInit): Promise<T> =>
    (await fetch(url + path, init)).json() as Promise<T>;

  return {
    url,
    output: () => output.join(''),
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
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

function readyUrl(child: ChildProcess, output: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const url = /Ready at (\S+)/.exec(output.join(''))?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}: ${output.join('')}`)));
  });
}

/** Asks again and again until `isThere`, and gives what it saw last; a bounded wait instead of a fixed one. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isThere: (seen: T) => boolean,
  limitMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const seen = await ask();
    if (isThere(seen) || Date.now() > deadline) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
