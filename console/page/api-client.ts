/** Requests to the console's own server. A failure is an `ApiFault`, whose text can be shown as it is. */
import type {
  ActionAnswer,
  ChangesAnswer,
  ConsoleState,
  DeadLettersAnswer,
  QualityAnswer,
  RowsAnswer,
  SampleResult,
  SamplesAnswer,
  StoryAnswer,
} from '../api.ts';
import type { RejectedRowsAnswer, SyncAnswer, SyncsAnswer } from '../syncs-api.ts';
import type { ActiveFault, Fault } from './header/fault-presets.ts';
import type { TikTokRequest } from './requests/tiktok-request.ts';
import type { RowsQuery } from './state/rows-query.ts';

export class ApiFault extends Error {
  /** `lost`: no answer. `forbidden`: the token is missing or wrong. */
  readonly kind: 'lost' | 'forbidden' | 'refused';

  constructor(kind: ApiFault['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export type Api = ReturnType<typeof createApi>;

const timeoutMs = 15_000;

export function createApi(token: string) {
  const call = (path: string, method = 'GET', body?: unknown) => request(token, path, method, body);
  const get = async <T>(path: string): Promise<T> => readAs<T>(await call(path));
  const post = async <T>(path: string, body?: unknown): Promise<T> =>
    readAs<T>(await call(path, 'POST', body ?? {}));
  const act = (action: 'replay' | 'discard', ids: readonly string[]) =>
    post<ActionAnswer>(`/_console/dead-letters/${action}`, { ids });

  return {
    state: () => get<ConsoleState>('/_console/state'),
    rows: (query: RowsQuery) => get<RowsAnswer>(`/_console/rows${queryText(query)}`),
    changes: (after: string) => get<ChangesAnswer>(`/_console/changes${queryText({ after })}`),
    story: (id: string) => get<StoryAnswer>(`/_console/stories/${encodeURIComponent(id)}`),
    quality: () => get<QualityAnswer>('/_console/quality'),
    deadLetters: () => get<DeadLettersAnswer>('/_console/dead-letters'),
    replay: (ids: readonly string[]) => act('replay', ids),
    discard: (ids: readonly string[]) => act('discard', ids),
    syncs: () => get<SyncsAnswer>('/_console/syncs'),
    sync: (name: string) => get<SyncAnswer>(`/_console/syncs/${encodeURIComponent(name)}`),
    rejectedRows: (name: string, run: string) =>
      get<RejectedRowsAnswer>(`/_console/rejected-rows/${encodeURIComponent(name)}${queryText({ run })}`),
    actOnSync: (action: 'run' | 'pause' | 'resume', sync: string) =>
      post<SyncAnswer>(`/_console/syncs/${action}`, { sync }),
    samples: () => get<SamplesAnswer>('/_console/samples'),
    sendSample: (id: string) => post<SampleResult>(`/_console/samples/${encodeURIComponent(id)}`),
    resend: (rowId: string) => post<SampleResult>(`/_console/resend/${encodeURIComponent(rowId)}`),
    faults: () => get<{ faults: readonly ActiveFault[] }>('/_sandbox/faults'),
    addFault: (fault: Fault) => post<{ faults: readonly ActiveFault[] }>('/_sandbox/faults', fault),
    clearFaults: () => call('/_sandbox/faults', 'DELETE'),
    requests: () => get<{ requests: readonly TikTokRequest[] }>('/_sandbox/requests?limit=50'),
    clearRequests: () => call('/_sandbox/requests', 'DELETE'),
    postEvent: (key: string, body: string) => postEvent(key, body),
  };
}

/** @returns `?a=1&b=2` of the values that are not empty */
export function queryText(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

async function request(token: string, path: string, method: string, body: unknown): Promise<Response> {
  const headers: Record<string, string> = { 'x-console-token': token };
  const init: RequestInit = { method, headers, signal: AbortSignal.timeout(timeoutMs) };
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  const response = await answerOf(path, init);
  if (response.ok) return response;
  throw new ApiFault(
    response.status === 403 || response.status === 401 ? 'forbidden' : 'refused',
    await detailOf(response),
  );
}

async function answerOf(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new ApiFault('lost', 'The console’s server does not answer. Is the command still running?');
  }
}

async function readAs<T>(response: Response): Promise<T> {
  try {
    return await response.json();
  } catch {
    throw new ApiFault(
      'lost',
      'The console’s server sent an answer that is not JSON. Is another program using its port?',
    );
  }
}

/** The text of problem+json, or the sandbox's `error`. */
async function detailOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null) {
    if ('detail' in body && typeof body.detail === 'string') return body.detail;
    if ('error' in body && typeof body.error === 'string') return body.error;
  }
  return `The console’s server answered HTTP ${response.status}.`;
}

/** Sends an event of your own to the local stage, as a client would. */
async function postEvent(key: string, body: string): Promise<SampleResult> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const init = { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) };
  const response = await answerOf('/v1/events', init);
  return { status: response.status, body: await response.text() };
}
