/** `/_sandbox/journal` and `/_sandbox/events/<fingerprint>`: what `events find`, `quality` and the console ask locally. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readLine } from '../../lib/journal/parse-line.ts';
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { discardBody, readBody } from '../api-gateway/read-body.ts';
import type { EventMemory } from './event-memory.ts';
import type { JournalMemory } from './journal-memory.ts';

export interface JournalState {
  readonly journal: JournalMemory;
  readonly events: EventMemory;
}

/** A text is JSON already. */
type Answer = readonly [status: number, body: object | string];

export const journalPath = '/_sandbox/journal';
const eventsPath = '/_sandbox/events/';

/** Ten thousand lines of an operator. */
const maxBodyBytes = 4 * 1024 * 1024;
const defaultLimit = 1_000;

export const isJournalPath = (path: string): boolean => path === journalPath || path.startsWith(eventsPath);

/** @param request its path is one of `isJournalPath` */
export async function answerJournal(
  request: IncomingMessage,
  response: ServerResponse,
  state: JournalState,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://gateway');
  const [status, body] = await answer(request, url, state);
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function answer(
  request: IncomingMessage,
  { pathname, searchParams }: URL,
  { journal, events }: JournalState,
): Answer | Promise<Answer> {
  const { method } = request;
  if (pathname === journalPath && method === 'GET') return readJournal(searchParams, journal);
  if (pathname === journalPath && method === 'POST') return append(request, journal);
  if (pathname === journalPath) return [405, { error: 'method: use GET or POST' }];
  if (method !== 'GET') return [405, { error: 'method: use GET' }];
  const found = events.find(pathname.slice(eventsPath.length));
  return found === undefined ? [404, { error: 'fingerprint: no recent event has it' }] : [200, found];
}

function readJournal(parameters: URLSearchParams, journal: JournalMemory): Answer {
  const after = Number(parameters.get('after') ?? 0);
  const limit = Number(parameters.get('limit') ?? defaultLimit);
  if (!Number.isInteger(after) || after < 0) return [400, { error: 'after: must be a whole number from 0' }];
  if (!Number.isInteger(limit) || limit < 1) return [400, { error: 'limit: must be a whole number from 1' }];
  return [200, journal.page(after, limit)];
}

/** Appends lines that the command line or the console wrote, all or none. */
async function append(request: IncomingMessage, journal: JournalMemory): Promise<Answer> {
  // A page of another site can send any text, but `application/json` only after a preflight, which nobody answers.
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    return [415, { error: 'content-type: must be application/json' }];
  const bytes = await readBody(request, maxBodyBytes);
  if (bytes === 'too-large') {
    discardBody(request);
    return [413, { error: 'body: at most 4 MiB' }];
  }
  const body = parseJson(bytes.toString('utf8'));
  const lines = isObject(body) ? body.lines : undefined;
  if (!Array.isArray(lines)) return [400, { error: 'body: must be JSON, {"lines":[…]}' }];
  const wrong = lines.findIndex((line) => !isObject(line) || readLine(line) === undefined);
  if (wrong >= 0)
    return [
      400,
      { error: `lines[${wrong}]: must have the message and the timestamp of a line of the journal` },
    ];
  for (const line of lines) journal.add(JSON.stringify(line));
  return [200, { added: lines.length }];
}
