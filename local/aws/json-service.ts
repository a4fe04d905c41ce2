/** The AWS JSON protocol over HTTP on loopback, for the stand-ins of AWS services. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { readBody } from '../api-gateway/read-body.ts';
import { guarded, type Refusal } from '../loopback-guard.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import type { FaultList } from './faults.ts';

export type Input = Readonly<Record<string, unknown>>;

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

export interface JsonServiceSettings {
  /** What stands before the operation in `X-Amz-Target`, such as `AmazonAthena`. */
  readonly target: string;
  readonly faults: FaultList;
  /** @throws AwsError, which becomes the answer */
  answer(operation: string, input: Input): Promise<object>;
}

export interface JsonService {
  readonly url: string;
  stop(): Promise<void>;
}

const maxBodyBytes = 1024 * 1024;
/** AWS answers 500 for these errors, which the SDK retries, and 400 for all others. */
const serverErrors = new Set(['InternalServerException', 'InternalServerError', 'ServiceUnavailable']);

/** @param port 0 takes a free one */
export async function startJsonService(settings: JsonServiceSettings, port = 0): Promise<JsonService> {
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, settings).catch((error: unknown) => {
      writeError(response, error instanceof AwsError ? error : internalError(error));
    });
  };
  const server = createServer(guarded(listener, refuseForeign));
  const url = await listenOnLoopback(server, port);
  return { url, stop: () => closeServer(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { target, faults, answer: operate }: JsonServiceSettings,
): Promise<void> {
  const [service, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.', 2);
  const body = await readBody(request, maxBodyBytes);
  const fault = faults.take(operation);
  if (fault?.error === 'no answer') return;
  if (fault?.error === 'connection reset') return void request.socket.destroy();
  if (fault) throw new AwsError(fault.error, fault.message ?? 'The test asked for this error.');
  if (service !== target) throw new AwsError('UnknownOperationException', 'This is another service.');
  if (body === 'too-large') throw new AwsError('RequestEntityTooLargeException', 'The request is too large.');
  const input = parseJson(body.toString('utf8'));
  if (!isObject(input)) throw new AwsError('SerializationException', 'The request is not a JSON object.');
  writeJson(response, 200, await operate(operation, input));
}

export const refuseForeign = (response: ServerResponse, { detail }: Refusal): void =>
  writeJson(response, 403, { __type: 'AccessDeniedException', Message: detail });

/** A mistake of the stand-in itself: its cause helps more than the silence of the original. */
const internalError = (error: unknown): AwsError =>
  new AwsError('InternalServerException', error instanceof Error ? error.message : String(error));

const writeError = (response: ServerResponse, { code, message, details }: AwsError): void =>
  writeJson(response, serverErrors.has(code) ? 500 : 400, { __type: code, ...details, Message: message });

function writeJson(response: ServerResponse, status: number, answer: object): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(answer));
}
