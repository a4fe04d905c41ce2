/**
 * The APIs of the platforms whose webhooks contain only ids, at `/_sandbox/platform-api/<platform>/<path of the API>`.
 * `PUT` stores an answer, `GET` returns it for the token of a source, and what nobody stored comes from the real API.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson } from '../../lib/schema/parse-json.ts';
import {
  createJsonReader,
  FetchError,
  type FetchFailure,
} from '../../lib/webhooks/platform-api/fetch-json.ts';
import type { BoundOrderApi } from '../../lib/webhooks/platform-api/order-api.ts';
import { readBody } from '../api-gateway/read-body.ts';
import { localApiToken } from '../stage.ts';
import { type ApiSettings, isAllowed, sourcesOf } from './api-sources.ts';
import { createDocumentStore, type DocumentStore } from './document-store.ts';

export const platformApiPath = '/_sandbox/platform-api';

interface State extends ApiSettings {
  readonly documents: DocumentStore;
}

/** A text is JSON already. */
type Answer = readonly [status: number, body: object | string];
type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** As many bytes as the gateway reads. */
const maxBodyBytes = 1_048_576;
/** The reads of one webhook have 3 seconds: less than that, so that the answer still says what is wrong. */
const forwardMs = 2_500;

/** @returns a listener for requests whose path starts with `platformApiPath` */
export function createPlatformApi(settings: ApiSettings): Listener {
  const state: State = { ...settings, documents: createDocumentStore() };
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://platform-api');
    const [status, body] = await answer(request, url, state);
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

async function answer(request: IncomingMessage, url: URL, state: State): Promise<Answer> {
  const path = url.pathname.slice(platformApiPath.length);
  if (request.method === 'PUT' && path.length > 1)
    return store(request, path, url.searchParams.get('status') ?? '200', state);
  if (request.method === 'GET' && path.length > 1) return read(request, path, url.search, state);
  if (request.method === 'DELETE') state.documents.clear(path);
  else if (request.method !== 'GET') return [405, { error: 'method: use PUT, GET or DELETE' }];
  return [200, describe(state)];
}

/** What is stored, and below which paths the sources read. */
const describe = (state: State): object => ({
  stored: state.documents.paths(),
  read_below: sourcesOf(state).map(({ path }) => path),
});

async function store(request: IncomingMessage, path: string, status: string, state: State): Promise<Answer> {
  if (!/^[2-5]\d\d$/.test(status)) return [400, { error: 'status: must be from 200 to 599' }];
  const body = await readBody(request, maxBodyBytes);
  if (body === 'too-large') return [413, { error: 'body: at most 1 MiB' }];
  const text = body.toString('utf8');
  if (parseJson(text) === undefined) return [400, { error: 'body: must be JSON' }];
  if (!state.documents.put(path, { status: Number(status), text }))
    return [507, { error: `body: no room for more; DELETE ${platformApiPath} clears what is stored` }];
  return [200, describe(state)];
}

async function read(request: IncomingMessage, path: string, search: string, state: State): Promise<Answer> {
  const source = sourcesOf(state).find((known) => isAllowed(request, path, known));
  if (source?.token === undefined)
    return [401, { error: 'token: no source has it for an API with this path' }];
  const stored = state.documents.get(path);
  if (stored !== undefined) return [stored.status, stored.text];
  // No platform knows the token that npm start gave the source.
  if (source.token === localApiToken(source.name)) return nowhere;
  return forward(source.api, path.slice(source.path.length) + search, source.token);
}

const nowhere: Answer = [502, { error: 'path: nothing is stored here, and the real API was not reached' }];

/** Answers what the real API answers; `502` when it does not. */
async function forward(api: BoundOrderApi, path: string, token: string): Promise<Answer> {
  try {
    const json = await createJsonReader(api, forwardMs)(path, token);
    return json === undefined ? [204, ''] : [200, JSON.stringify(json)];
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const status = statuses[error.code];
    return status === undefined ? nowhere : [status, { error: `the real API: ${error.message}` }];
  }
}

/** By what the gateway makes of them again. */
const statuses: Readonly<Partial<Record<FetchFailure, number>>> = {
  not_found: 404,
  platform_unauthorized: 401,
  platform_throttled: 429,
  platform_redirect: 302,
  platform_error: 500,
  platform_answer_too_large: 500,
  platform_answer_not_json: 500,
};
