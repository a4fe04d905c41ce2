/** The console over real HTTP, with a stage that is a list of lines. */
import { createServer } from 'node:http';
import { createConsole } from '../../../console/server/console.ts';
import type { ConsoleSource } from '../../../console/server/source.ts';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { isAbout } from '../../../lib/journal/story.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback-server.ts';

export const page = {
  html: '<!doctype html><title>Console</title>',
  files: new Map([['console.js', { type: 'text/javascript; charset=utf-8', body: 'start()' }]]),
};

export interface FakeStage extends ConsoleSource {
  /** Lines that the console has not read yet. */
  readonly waiting: JournalLine[];
  /** All lines, for searches. */
  readonly all: JournalLine[];
  /** What was asked of the dead letters. */
  readonly asked: unknown[];
}

export function createFakeStage(settings: Partial<ConsoleSource> = {}): FakeStage {
  const [waiting, all, asked]: [JournalLine[], JournalLine[], unknown[]] = [[], [], []];
  const act = (action: string) => async (ids: readonly string[]) => {
    asked.push({ action, ids });
    return { done: ids.length, left: [] };
  };
  return {
    stage: 'prod',
    isLocal: false,
    sendsTo: 'tiktok',
    sinceMs: Date.now() - 3_600_000,
    newLines: () => {
      const lines = waiting.splice(0);
      all.push(...lines);
      return lines;
    },
    linesWith: async (fingerprints) => all.filter((line) => fingerprints.some((one) => names(line, one))),
    settings: () => ({ destinations: {}, sources: {} }),
    problems: () => [],
    letters: {
      list: async () => ({ letters: [], total: 0 }),
      replay: act('replay'),
      discard: act('discard'),
    },
    waiting,
    all,
    asked,
    ...settings,
  };
}

const names = (line: JournalLine, fingerprint: string): boolean =>
  isAbout(line, fingerprint) ||
  (line.kind === 'received' && line.events.some(({ orders }) => orders.includes(fingerprint)));

/** @param token without one, the console is that of the stage local */
export async function startConsoleServer(source: ConsoleSource, token?: string) {
  const errors: unknown[] = [];
  const listener = createConsole({
    source,
    buildPage: async () => page,
    ...(token !== undefined && { token }),
    onError: (error) => errors.push(error),
  });
  const server = createServer((request, response) => void listener(request, response));
  const url = await listenOnLoopback(server, 0);
  const headers = { 'x-console-token': token ?? 'local' };
  return {
    url,
    errors,
    get: (path: string) => fetch(`${url}${path}`, { headers }),
    json: async <T>(path: string): Promise<T> =>
      (await fetch(`${url}${path}`, { headers })).json() as Promise<T>,
    post: (path: string, body: unknown = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    stop: () => closeServer(server),
  };
}
