/** Secrets Manager on one machine: its AWS JSON 1.1 protocol over HTTP, in memory, with faults on demand. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { readBody } from '../api-gateway/read-body.ts';
import { guarded, type Refusal } from '../loopback-guard.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { type Input, operations } from './operations.ts';
import {
  createSecretStore,
  putVersion,
  readVersion,
  type SecretStore,
  SecretsError,
} from './secret-store.ts';

/** The next calls fail: with an error by name (such as ThrottlingException), or with no answer at all. */
interface SecretsFault {
  readonly error: string | 'connection reset' | 'no answer';
  /** How many calls fail; without it, all calls until `heal()`. */
  readonly times?: number;
}

export interface SecretsManagerServer {
  readonly url: string;
  /** Creates the secret or gives it a new value. Without `value` the secret exists but is empty. */
  set(name: string, value?: object | string): void;
  /** The current value, or undefined when the secret is missing or empty. */
  get(name: string): string | undefined;
  fail(fault: SecretsFault): void;
  heal(): void;
  /** The last calls, oldest first, as `GetSecretValue <secret id>`. */
  readonly calls: readonly string[];
  stop(): Promise<void>;
}

/** What the listener keeps between calls. */
interface State {
  readonly store: SecretStore;
  readonly calls: string[];
  fault: SecretsFault | undefined;
}

const maxBodyBytes = 256 * 1024;
const maxCalls = 10_000;
/** Secrets Manager answers 500 for these errors, which the SDK retries, and 400 for all others. */
const serverErrors = new Set(['InternalServiceError', 'ServiceUnavailableException']);

export async function startSecretsManager(region: string, port = 0): Promise<SecretsManagerServer> {
  const state: State = { store: createSecretStore(region), calls: [], fault: undefined };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, state).catch((error: unknown) => {
      if (error instanceof SecretsError) writeError(response, error.code, error.message);
      else response.destroy();
    });
  };
  const server = createServer(guarded(listener, refuseForeign));
  const url = await listenOnLoopback(server, port);
  return {
    url,
    set: (name, value) => setValue(state.store, name, value),
    get: (name) => currentText(state.store, name),
    fail: (fault) => {
      state.fault = fault;
    },
    heal: () => {
      state.fault = undefined;
    },
    calls: state.calls,
    stop: () => closeServer(server),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const name = String(request.headers['x-amz-target'] ?? '').replace(/^secretsmanager\./, '');
  const input = await readInput(request);
  state.calls.push(`${name} ${input.SecretId ?? input.Name ?? ''}`.trim());
  if (state.calls.length > maxCalls) state.calls.shift();
  const error = takeFault(state);
  if (error === 'no answer') return;
  if (error === 'connection reset') return void request.socket.destroy();
  if (error) return writeError(response, error, 'The test asked for this error.');
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) return writeError(response, 'UnknownOperationException', `No operation ${name}.`);
  writeJson(response, 200, operation(input, state.store));
}

/** @returns the error of this call, and counts it against the fault's `times` */
function takeFault(state: State): string | undefined {
  if (!state.fault) return undefined;
  const { error, times } = state.fault;
  if (times !== undefined) state.fault = times > 1 ? { error, times: times - 1 } : undefined;
  return error;
}

function setValue(store: SecretStore, name: string, value: object | string | undefined): void {
  const secret = store.list().find((known) => known.name === name) ?? store.create(name);
  if (value !== undefined) putVersion(secret, typeof value === 'string' ? value : JSON.stringify(value));
}

function currentText(store: SecretStore, name: string): string | undefined {
  try {
    return readVersion(store.find(name)).text;
  } catch {
    return undefined;
  }
}

const refuseForeign = (response: ServerResponse, { detail }: Refusal): void =>
  writeJson(response, 403, { __type: 'AccessDeniedException', Message: detail });

function writeJson(response: ServerResponse, status: number, answer: object): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
    ...('__type' in answer ? { 'x-amzn-errortype': String(answer.__type) } : {}),
  });
  response.end(JSON.stringify(answer));
}

function writeError(response: ServerResponse, code: string, message: string): void {
  writeJson(response, serverErrors.has(code) ? 500 : 400, { __type: code, Message: message });
}

async function readInput(request: IncomingMessage): Promise<Input> {
  const body = await readBody(request, maxBodyBytes);
  if (body === 'too-large') throw new SecretsError('InvalidParameterException', 'The request is too large.');
  const input = parseJson(body.toString('utf8'));
  if (isObject(input)) return input;
  throw new SecretsError('SerializationException', 'The request is not a JSON object.');
}
