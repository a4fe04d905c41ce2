/** An AWS service over HTTP on loopback: the guard, the body, and faults on demand are the same for all. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../api-gateway/read-body.ts';
import { guarded } from '../loopback-guard.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import type { FaultList } from './faults.ts';

/** An error of the service: `code` is what the SDK calls `error.name`. */
export class AwsError extends Error {
  override name = 'AwsError';
  readonly code: string;
  /** More members of the answer. */
  readonly details: object;
  constructor(code: string, message: string, details: object = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface HttpServiceSettings {
  readonly faults: FaultList;
  readonly maxBodyBytes: number;
  /** The name of the operation, such as Publish, for faults. */
  operationOf(request: IncomingMessage, body: Buffer): string;
  /**
   * @returns undefined when it has written the answer itself
   * @throws AwsError, which becomes the answer
   */
  answer(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<HttpAnswer | undefined>;
  /** The answer for an error in the protocol of the service. */
  errorAnswer(error: AwsError): HttpAnswer;
}

export interface HttpService {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param port 0 takes a free one */
export async function startHttpService(settings: HttpServiceSettings, port = 0): Promise<HttpService> {
  const { errorAnswer } = settings;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, settings).catch((error: unknown) => {
      write(response, errorAnswer(error instanceof AwsError ? error : internalError(error)));
    });
  };
  const refuse = (response: ServerResponse, { detail }: { readonly detail: string }) =>
    write(response, { ...errorAnswer(new AwsError('AccessDeniedException', detail)), status: 403 });
  const server = createServer(guarded(listener, refuse));
  const url = await listenOnLoopback(server, port);
  return { url, stop: () => closeServer(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  settings: HttpServiceSettings,
): Promise<void> {
  const body = await readBody(request, settings.maxBodyBytes);
  if (body === 'too-large') throw new AwsError('RequestEntityTooLargeException', 'The request is too large.');
  const fault = settings.faults.take(settings.operationOf(request, body));
  if (fault?.error === 'no answer') return;
  if (fault?.error === 'connection reset') return void request.socket.destroy();
  if (fault) throw new AwsError(fault.error, fault.message ?? 'The test asked for this error.');
  const given = await settings.answer(request, body, response);
  if (given !== undefined) write(response, given);
}

/** A mistake of the stand-in itself: its cause helps more than the silence of the original. */
const internalError = (error: unknown): AwsError =>
  new AwsError('InternalServerException', error instanceof Error ? error.message : String(error));

function write(response: ServerResponse, { status, headers = {}, body }: HttpAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}
