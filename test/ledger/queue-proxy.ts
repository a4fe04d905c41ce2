/** Stands between the functions and the queue, and fails some of their calls as SQS does. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../../local/api-gateway/read-body.ts';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';
import type { Random } from '../support/random.ts';

export interface QueueFaults {
  /** Chance that a call is answered 500, or its connection is cut. */
  readonly errors: number;
  /** Chance that an entry of a batch is refused while the others are stored. */
  readonly entries: number;
}

export interface QueueProxy {
  readonly url: string;
  set(faults: QueueFaults): void;
  stop(): Promise<void>;
}

export const noQueueFaults: QueueFaults = { errors: 0, entries: 0 };

interface BatchCall {
  Entries: { Id: string }[];
}

export async function startQueueProxy(target: string, random: Random): Promise<QueueProxy> {
  let faults = noQueueFaults;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, 4 * 1024 * 1024);
    if (body === 'too-large') return void response.destroy();
    if (random.isHit(faults.errors / 2)) return void response.destroy();
    if (random.isHit(faults.errors / 2))
      return void response.writeHead(500).end('{"__type":"InternalFailure"}');
    const action = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const refused = action.endsWith('Batch') ? refuse(body) : [];
    const kept = refused.length > 0 ? without(body, refused) : body;
    const answer = await forward(request, kept);
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(refused.length > 0 ? withFailures(answer.text, refused) : answer.text);
  }

  function refuse(body: Buffer): string[] {
    const { Entries } = JSON.parse(body.toString()) as BatchCall;
    const refused = Entries.filter(() => random.isHit(faults.entries)).map(({ Id }) => Id);
    // SQS takes no empty batch, so one entry always passes.
    return refused.length === Entries.length ? refused.slice(1) : refused;
  }

  async function forward(request: IncomingMessage, body: Buffer): Promise<{ status: number; text: string }> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': String(request.headers['x-amz-target']),
      authorization: String(request.headers.authorization),
    };
    const answer = await fetch(target + (request.url ?? '/'), {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
    });
    return { status: answer.status, text: await answer.text() };
  }

  const server = createServer(
    (request, response) => void pass(request, response).catch(() => response.destroy()),
  );
  const url = await listenOnLoopback(server, 0);
  return {
    url,
    set: (next) => {
      faults = next;
    },
    stop: () => closeServer(server),
  };
}

function without(body: Buffer, refused: readonly string[]): Buffer {
  const call = JSON.parse(body.toString()) as BatchCall;
  return Buffer.from(
    JSON.stringify({ ...call, Entries: call.Entries.filter(({ Id }) => !refused.includes(Id)) }),
  );
}

function withFailures(text: string, refused: readonly string[]): string {
  const answer = JSON.parse(text) as { Failed?: unknown[] };
  const failed = refused.map((Id) => ({
    Id,
    Code: 'InternalError',
    SenderFault: false,
    Message: 'try again',
  }));
  return JSON.stringify({ ...answer, Failed: [...(answer.Failed ?? []), ...failed] });
}
