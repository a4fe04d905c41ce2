/**
 * The control API of the sandbox: `/_sandbox/requests` shows requests, `/_sandbox/faults` makes it fail, and
 * `/_sandbox/stats` shows and adds to what its statistics count.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { readBody } from '../api-gateway/read-body.ts';
import type { FaultList } from './faults/fault-list.ts';
import { readFaults } from './faults/faults.ts';
import type { RequestLog } from './request-log.ts';
import { addStats, listStats } from './stats/control-stats.ts';
import type { EventCounts } from './stats/event-counts.ts';
import type { Deduplication } from './track/deduplication.ts';

export interface ControlState {
  readonly faults: FaultList;
  readonly log: RequestLog;
  readonly deduplication: Deduplication;
  readonly counts: EventCounts;
  readonly pixels: ReadonlySet<string>;
  readonly now: () => number;
}

type Answer = readonly [status: number, body: object];

const maxBodyBytes = 256 * 1024;

export function writeJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

export async function answerControl(
  request: IncomingMessage,
  response: ServerResponse,
  state: ControlState,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://sandbox').pathname;
  const [status, body] = await answer(request, path, state);
  writeJson(response, status, body);
}

function listRequests(request: IncomingMessage, { log }: ControlState): Answer {
  const limit = Number(new URL(request.url ?? '/', 'http://sandbox').searchParams.get('limit') ?? 1000);
  if (!Number.isInteger(limit) || limit < 1) return [400, { error: 'limit: must be a whole number from 1' }];
  return [200, { requests: log.list(limit) }];
}

/** Adds all faults of the body, or none when one is invalid. */
function addFaults(input: unknown, { faults }: ControlState): Answer {
  const read = readFaults(input);
  if ('error' in read) return [400, read];
  faults.add(read.faults);
  return [200, { faults: faults.list() }];
}

/** Adds all entries of the body, or none when one is invalid. */
function addCounts(input: unknown, { counts, pixels, now }: ControlState): Answer {
  const [pixel] = pixels;
  const error = addStats(input, counts, { pixel, nowMs: now() });
  return error === undefined ? [200, { stats: listStats(counts) }] : [400, { error }];
}

/** @param what the body must be, for the message */
async function withBody(
  request: IncomingMessage,
  what: string,
  answer: (input: unknown) => Answer,
): Promise<Answer> {
  const body = await readBody(request, maxBodyBytes);
  if (body === 'too-large') return [413, { error: 'body: at most 256 KiB' }];
  const input = parseJson(body.toString('utf8'));
  return input === undefined ? [400, { error: `body: must be JSON, ${what}` }] : answer(input);
}

async function answer(request: IncomingMessage, path: string, state: ControlState): Promise<Answer> {
  switch (`${request.method} ${path}`) {
    case 'GET /_sandbox/requests':
      return listRequests(request, state);
    case 'DELETE /_sandbox/requests':
      state.log.clear();
      state.deduplication.clear();
      return [200, { requests: [] }];
    case 'GET /_sandbox/faults':
      return [200, { faults: state.faults.list() }];
    case 'POST /_sandbox/faults':
      return withBody(request, 'one fault or a list of faults', (input) => addFaults(input, state));
    case 'DELETE /_sandbox/faults':
      state.faults.clear();
      return [200, { faults: [] }];
    case 'GET /_sandbox/stats':
      return [200, { stats: listStats(state.counts) }];
    case 'POST /_sandbox/stats':
      return withBody(request, 'one entry or a list of entries', (input) => addCounts(input, state));
    case 'DELETE /_sandbox/stats':
      state.counts.clear();
      return [200, { stats: [] }];
    default:
      return [404, { error: 'path: use /_sandbox/requests, /_sandbox/faults or /_sandbox/stats' }];
  }
}
