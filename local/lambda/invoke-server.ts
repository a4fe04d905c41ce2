/** The part of Lambda that invokes functions by name: `POST /2015-03-31/functions/<name>/invocations`. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { createFaultList, type Faults } from '../aws/faults.ts';
import { AwsError, type HttpAnswer, startHttpService } from '../aws/http-service.ts';
import { FunctionTimeoutError, type Invoke, invokeFunction } from './invoke-function.ts';
import { type Retries, runLater } from './run-later.ts';

export interface InvokableFunction {
  readonly invoke: Invoke<unknown>;
  readonly timeoutMs: number;
}

export interface InvokeServerSettings extends Retries {
  readonly functions: Readonly<Record<string, InvokableFunction>>;
  readonly port?: number;
}

export interface InvokeServer extends Faults {
  readonly url: string;
  /** The invocations so far, oldest first. */
  readonly calls: readonly InvokeCall[];
  /** Waits for asynchronous invocations in progress. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface InvokeCall {
  readonly name: string;
  readonly type: string;
  readonly payload: unknown;
}

/** Lambda's limit for a synchronous payload. */
const maxBodyBytes = 6 * 1024 * 1024;
const maxCalls = 1_000;
const path = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?|$)/;

export async function startInvokeServer(settings: InvokeServerSettings): Promise<InvokeServer> {
  const faults = createFaultList();
  const calls: InvokeCall[] = [];
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const service = await startHttpService(
    {
      faults,
      maxBodyBytes,
      operationOf: () => 'Invoke',
      answer: async (request, body) => {
        const call = callOf(request, body);
        const { invoke, timeoutMs } = functionNamed(settings, call.name);
        calls.push(call);
        if (calls.length > maxCalls) calls.shift();
        const run = () => invokeFunction(invoke, call.payload, { name: call.name, timeoutMs });
        if (call.type === 'RequestResponse') return answered(run);
        const done = runLater(run, settings, stopping.signal).finally(() => running.delete(done));
        running.add(done);
        return { status: 202, headers: identity() };
      },
      errorAnswer,
    },
    settings.port,
  );
  return {
    url: service.url,
    calls,
    fail: faults.fail,
    heal: faults.heal,
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    stop: () => {
      stopping.abort();
      return service.stop();
    },
  };
}

const identity = () => ({ 'x-amzn-requestid': randomUUID() });

function callOf({ method, url = '/', headers }: IncomingMessage, body: Buffer): InvokeCall {
  const [, encoded] = path.exec(url) ?? [];
  if (method !== 'POST' || encoded === undefined)
    throw new AwsError('UnknownOperationException', 'This port invokes functions only.');
  const type = String(headers['x-amz-invocation-type'] ?? 'RequestResponse');
  if (type !== 'RequestResponse' && type !== 'Event')
    throw new AwsError('InvalidParameterValueException', 'InvocationType must be RequestResponse or Event.');
  const payload = body.length === 0 ? {} : parseJson(body.toString('utf8'));
  if (payload === undefined)
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  return { name: decodeURIComponent(encoded).replace(/^.*:function:/, ''), type, payload };
}

function functionNamed({ functions }: InvokeServerSettings, name: string): InvokableFunction {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (found) return found;
  const arn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
  throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`);
}

/** An error of the function is an answer, with a header that says so. */
async function answered(run: () => Promise<unknown>): Promise<HttpAnswer> {
  const headers = { ...identity(), 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  try {
    return { status: 200, headers, body: JSON.stringify(await run()) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    const errorType = error instanceof FunctionTimeoutError ? 'Sandbox.Timedout' : name;
    const body = JSON.stringify({ errorType, errorMessage: message, trace: [] });
    return { status: 200, headers: { ...headers, 'x-amz-function-error': 'Unhandled' }, body };
  }
}

const statuses: Readonly<Record<string, number>> = {
  ResourceNotFoundException: 404,
  AccessDeniedException: 403,
  RequestEntityTooLargeException: 413,
  TooManyRequestsException: 429,
  ServiceException: 500,
  InternalServerException: 500,
};

const errorAnswer = ({ code, message, details }: AwsError): HttpAnswer => ({
  status: statuses[code] ?? 400,
  headers: { ...identity(), 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: JSON.stringify({ Type: 'User', ...details, Message: message }),
});
