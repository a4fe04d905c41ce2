/** Secrets Manager on one machine: its AWS JSON 1.1 protocol over HTTP, in memory, with faults on demand. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../api-gateway/read-body.ts';
import { guarded } from '../loopback-guard.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { type Input, operations } from './operations.ts';
import { createSecretStore, SecretsError } from './secret-store.ts';

/** The next calls fail: with an error by name (such as ThrottlingException), or with no answer at all. */
interface SecretsFault {
  readonly error: string | 'connection reset' | 'no answer';
  /** How many calls; until `heal()` when left out. */
  readonly times?: number;
}

export interface SecretsManagerServer {
  readonly url: string;
  /** Creates the secret, or gives it a new value; a secret without a value exists but is empty. */
  set(name: string, value?: object | string): void;
  /** The current value, or undefined when the secret is missing or empty. */
  get(name: string): string | undefined;
  fail(fault: SecretsFault): void;
  heal(): void;
  /** The last calls, oldest first, as `GetSecretValue <secret id>`. */
  readonly calls: readonly string[];
  stop(): Promise<void>;
}

const maxBodyBytes = 256 * 1024;
const maxCalls = 10_000;
/** Errors that the SDK tries again on its own: Secrets Manager gives 5xx only to these. */
const serverErrors = new Set(['InternalServiceError', 'ServiceUnavailableException']);

export async function startSecretsManager(region: string, port = 0): Promise<SecretsManagerServer> {
  const store = createSecretStore(region);
  const calls: string[] = [];
  let fault: SecretsFault | undefined;

  function takeFault(): string | undefined {
    if (!fault) return undefined;
    const { error, times } = fault;
    if (times !== undefined) fault = times > 1 ? { error, times: times - 1 } : undefined;
    return error;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = String(request.headers['x-amz-target'] ?? '').replace(/^secretsmanager\./, '');
    const input = await readInput(request);
    calls.push(`${name} ${input.SecretId ?? input.Name ?? ''}`.trim());
    if (calls.length > maxCalls) calls.shift();
    const error = takeFault();
    if (error === 'no answer') return;
    if (error === 'connection reset') return void request.socket.destroy();
    if (error) return writeError(response, error, 'A fault that was asked for.');
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) return writeError(response, 'UnknownOperationException', `No operation ${name}.`);
    writeJson(response, 200, operation(input, store));
  }

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof SecretsError) writeError(response, error.code, error.message);
      else response.destroy();
    });
  };
  const server = createServer(
    guarded(listener, (response, { detail }) =>
      writeJson(response, 403, { __type: 'AccessDeniedException', Message: detail }),
    ),
  );

  return {
    url: await listenOnLoopback(server, port),
    set: (name, value) => {
      const secret = store.list().find((known) => known.name === name) ?? store.create(name);
      if (value !== undefined) store.put(secret, typeof value === 'string' ? value : JSON.stringify(value));
    },
    get: (name) => {
      try {
        return store.read(store.find(name)).text;
      } catch {
        return undefined;
      }
    },
    fail: (asked) => {
      fault = asked;
    },
    heal: () => {
      fault = undefined;
    },
    calls,
    stop: () => closeServer(server),
  };
}

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
  try {
    const input: unknown = JSON.parse(body.toString('utf8'));
    if (typeof input === 'object' && input !== null) return input as Input;
  } catch {
    // Falls through: both cases are the same mistake of the caller.
  }
  throw new SecretsError('SerializationException', 'The request is not a JSON object.');
}
