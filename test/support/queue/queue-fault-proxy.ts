/** A proxy in front of a queue server that lets chosen entries of a batch, or whole requests, fail. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startHttpServer } from '../http/http-server.ts';

interface BatchEntry {
  readonly Id: string;
  readonly MessageBody?: string;
  readonly MessageGroupId?: string;
}

/** What the proxy does with one batch: fails entries, or the whole request with an HTTP status, or never answers. */
export interface Fault {
  readonly fails?: (entry: BatchEntry, request: number) => boolean;
  readonly status?: (request: number) => number | undefined;
  readonly stalls?: boolean;
}

interface SeenBatch {
  readonly ids: string[];
  readonly bytes: number;
  readonly groups: (string | undefined)[];
}

const awsJson = { 'content-type': 'application/x-amz-json-1.0' };

/**
 * @param port the port of the queue server
 * @returns the proxy; `batches` has the entries of each request
 */
export async function startFaultProxy(port: number, fault: Fault) {
  const batches: SeenBatch[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
    const body = JSON.parse(text);
    const entries: BatchEntry[] = body.Entries;
    const count = batches.push(describeBatch(entries));
    if (fault.stalls) return;
    const status = fault.status?.(count);
    if (status !== undefined) {
      response.writeHead(status, awsJson).end('{"__type":"com.amazonaws.sqs#ServiceUnavailable"}');
      return;
    }
    const failed = entries.filter((entry) => fault.fails?.(entry, count));
    const passed = entries.filter((entry) => !failed.includes(entry));
    const stored =
      passed.length > 0 ? await forward(port, request.headers, { ...body, Entries: passed }) : {};
    const Failed = failed.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));
    response.writeHead(200, awsJson).end(JSON.stringify({ ...stored, Failed }));
  }

  const { url, stop } = await startHttpServer(answer);
  return { batches, urlOf: (name: string) => `${url}/000000000000/${name}`, stop };
}

const describeBatch = (entries: readonly BatchEntry[]): SeenBatch => ({
  ids: entries.map(({ Id }) => Id),
  bytes: entries.reduce((sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody), 0),
  groups: entries.map(({ MessageGroupId }) => MessageGroupId),
});

async function forward(port: number, headers: NodeJS.Dict<string | string[]>, body: object): Promise<object> {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      ...awsJson,
      'x-amz-target': String(headers['x-amz-target']),
      authorization: String(headers.authorization),
    },
    body: JSON.stringify(body).replace(/http:\/\/127\.0\.0\.1:\d+\//, `http://127.0.0.1:${port}/`),
  });
  return (await response.json()) as object;
}
