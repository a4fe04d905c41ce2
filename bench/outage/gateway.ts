/** `npm start -- --stage <name>` in its own process, on free ports, as a user runs it: driven over HTTP only. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { defaultApiKey } from '../../local/stage.ts';

const file = fileURLToPath(new URL('../../local/main.ts', import.meta.url));

/** An event that TikTok's sandbox took. */
interface Arrival {
  readonly id: string;
  readonly atMs: number;
}

interface SandboxRequests {
  readonly requests: readonly {
    readonly at: string;
    readonly code: number | null;
    readonly body: { readonly data: readonly { readonly event_id: string }[] };
  }[];
}

const keptErrorChars = 10_000;
const json = { 'content-type': 'application/json' };

export async function startGatewayProcess(stage: string) {
  const env = { ...process.env, PORT: '0', SQS_PORT: '0' };
  const child = spawn(process.execPath, [file, '--stage', stage], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-keptErrorChars);
  });
  const url = await readyUrl(child.stdout, () => errors);

  return {
    /** Replaces the faults of the sandbox. */
    async setFaults(faults: readonly object[]): Promise<void> {
      await fetch(`${url}/_sandbox/faults`, { method: 'DELETE' });
      await fetch(`${url}/_sandbox/faults`, { method: 'POST', headers: json, body: JSON.stringify(faults) });
    },
    /** @param isAlone a test event code of its own, so that no other event can be in the same call */
    async post(id: string, isAlone: boolean): Promise<void> {
      const event = {
        event_name: 'Purchase',
        event_id: id,
        email: 'ada@example.com',
        value: 20,
        currency: 'EUR',
      };
      const body = JSON.stringify({
        ...event,
        ...(isAlone && { test_event_code: `TEST${id.split('-')[1]}` }),
      });
      const headers = { ...json, authorization: `Bearer ${defaultApiKey}` };
      const { status } = await fetch(`${url}/v1/events`, { method: 'POST', headers, body });
      if (status !== 202) throw new Error(`the gateway answered ${status}`);
    },
    /** @returns the events of the last 1,000 calls that TikTok took */
    async arrived(): Promise<readonly Arrival[]> {
      const { requests } = (await (await fetch(`${url}/_sandbox/requests`)).json()) as SandboxRequests;
      const taken = requests.filter(({ code }) => code === 0);
      return taken.flatMap(({ at, body }) =>
        body.data.map(({ event_id: id }) => ({ id, atMs: Date.parse(at) })),
      );
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function readyUrl(output: Readable, errors: () => string): Promise<string> {
  let text = '';
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    text += chunk;
    const url = /^Ready at (\S+)/m.exec(text)?.[1];
    if (url !== undefined) {
      // Log lines that nobody reads would stop the process.
      output.resume();
      return url;
    }
  }
  throw new Error(`npm start ended: ${errors()}`);
}
