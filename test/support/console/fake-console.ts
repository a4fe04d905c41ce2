/** A console's server that gives the data of a test: the page and `console/api.ts` over HTTP on a free port. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  ActionAnswer,
  ConsoleState,
  DeadLettersAnswer,
  Outcome,
  QualityAnswer,
  Row,
  SamplesAnswer,
} from '../../../console/api.ts';
import { buildPage } from '../../../console/page/build.ts';
import { startHttpServer } from '../http/http-server.ts';
import { nowMs, sampleStory } from './sample-rows.ts';

/** What the server knows; a test changes it while the page is open. */
export interface ConsoleData {
  state: Partial<ConsoleState>;
  rows: readonly Row[];
  /** Rows that `changes` has not given yet. */
  changes: Row[];
  letters: DeadLettersAnswer;
  action: ActionAnswer;
  quality: QualityAnswer;
  samples: SamplesAnswer;
  faults: object[];
  requests: object[];
  /** Every answer is 403. */
  isForbidden: boolean;
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly body: string;
}

/** What the console's server sends; the page has to live with it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const emptyData = (): ConsoleData => ({
  state: {},
  rows: [],
  changes: [],
  letters: { letters: [], total: 0 },
  action: { done: 0, left: [] },
  quality: { rows: [], gains: [] },
  samples: { samples: [] },
  faults: [],
  requests: [],
  isForbidden: false,
});

export async function startFakeConsole(data: ConsoleData) {
  const { html, files } = await buildPage();
  const asked: Asked[] = [];
  const { url, stop, server } = await startHttpServer((request, response, body) => {
    const path = new URL(request.url ?? '/', 'http://console');
    const file = files.get(path.pathname.replace('/_console/assets/', ''));
    if (path.pathname === '/') return send(response, 200, 'text/html; charset=utf-8', html);
    if (file !== undefined) return send(response, 200, file.type, file.body);
    asked.push(askedOf(request, body));
    if (data.isForbidden) return problem(response, 403, 'The token is wrong.');
    const answer = answerOf(data, request.method ?? 'GET', path, body);
    if (answer === undefined) return problem(response, 404, 'There is nothing here.');
    return send(response, 200, 'application/json', JSON.stringify(answer));
  });
  return { url, stop, server, asked, data };
}

export type FakeConsole = Awaited<ReturnType<typeof startFakeConsole>>;

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(body);
}

const problem = (response: ServerResponse, status: number, detail: string): void =>
  send(response, status, 'application/problem+json', JSON.stringify({ status, detail }));

const askedOf = ({ method = '', url = '', headers }: IncomingMessage, body: string): Asked => ({
  method,
  url,
  token: headers['x-console-token']?.toString(),
  body,
});

function answerOf(data: ConsoleData, method: string, { pathname, searchParams }: URL, body: string): unknown {
  const [, last = ''] = /\/([^/]*)$/.exec(pathname) ?? [];
  const id = decodeURIComponent(last);
  switch (`${method} ${pathname}`) {
    case 'GET /_console/state':
      return stateOf(data);
    case 'GET /_console/rows':
      return rowsOf(data, searchParams);
    case 'GET /_console/changes':
      return { rows: data.changes.splice(0), cursor: 'next' };
    case 'GET /_console/quality':
      return data.quality;
    case 'GET /_console/dead-letters':
      return data.letters;
    case 'GET /_console/samples':
      return data.samples;
    case 'POST /_console/dead-letters/replay':
    case 'POST /_console/dead-letters/discard':
      return data.action;
    case 'GET /_sandbox/requests':
      return { requests: data.requests };
    case 'DELETE /_sandbox/requests':
      data.requests = [];
      return { requests: [] };
    case 'POST /_sandbox/faults':
      data.faults.push(JSON.parse(body));
      return { faults: data.faults };
    case 'DELETE /_sandbox/faults':
      data.faults = [];
      return { faults: [] };
    case 'GET /_sandbox/faults':
      return { faults: data.faults };
    case 'POST /v1/events':
      return { accepted: 1 };
  }
  if (pathname.startsWith('/_console/stories/')) return storyOf(data, id);
  if (/^\/_console\/(?:samples|resend)\//.test(pathname))
    return { status: 202, body: '{"accepted":1}', rowId: 'row-0' };
  return undefined;
}

function storyOf(data: ConsoleData, id: string) {
  const row = data.rows.find((one) => one.id === id);
  return row === undefined ? undefined : sampleStory(row);
}

function rowsOf({ rows }: ConsoleData, query: URLSearchParams) {
  const isIn = (name: string, values: readonly (string | undefined)[]) => {
    const wanted = query.get(name);
    return wanted === null || values.includes(wanted);
  };
  const found = rows.filter(
    (row) =>
      isIn('source', [row.source]) &&
      isIn('name', [row.name]) &&
      isIn('outcome', [row.outcome]) &&
      isIn('find', [row.id, row.event, ...row.orders]),
  );
  return { rows: found };
}

function stateOf({ state, rows }: ConsoleData): ConsoleState {
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  return {
    stage: 'local',
    isLocal: true,
    sendsTo: 'sandbox',
    nowMs,
    sinceMs: nowMs - 3_600_000,
    totals: {
      accepted: count('accepted'),
      waiting: count('waiting'),
      held: count('held'),
      delivered: count('delivered'),
      'dead-letter': count('dead-letter'),
      rejected: count('rejected'),
      skipped: count('skipped'),
      discarded: count('discarded'),
    },
    held: [],
    flow: { bucketMs: 60_000, startMs: nowMs - 3_600_000, accepted: [], delivered: [], failed: [] },
    sources: [...new Set(rows.map(({ source }) => source))].sort(),
    names: [...new Set(rows.flatMap(({ name }) => name ?? []))].sort(),
    cursor: 'start',
    problems: [],
    ...state,
  };
}
