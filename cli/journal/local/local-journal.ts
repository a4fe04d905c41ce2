/** The journal of `npm start`: the lines that its gateway keeps in memory, read over HTTP. */
import { setTimeout as pause } from 'node:timers/promises';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { readLine } from '../../../lib/journal/parse-line.ts';
import { unavailable } from '../../errors/cli-error.ts';
import { createConnectionNotes } from '../connection-notes.ts';
import type { Journal, LinesQuery, Window } from '../journal.ts';
import { operatorJson } from '../operator-json.ts';
import { createCoverageSums, createFlowSums, dayOf, flowOf } from '../sums.ts';
import { decodePage, type JournalPage, type LineFields } from './decode-page.ts';

const timeoutMs = 10_000;
const pageLines = 5_000;
const pollMs = 500;

/** @param apiUrl of the gateway, without a slash at its end */
export function createLocalJournal(apiUrl: string): Journal {
  const url = `${apiUrl}/_sandbox/journal`;
  return {
    lines: (query, signal) => readLines(url, query, signal),
    follow: (fromMs, signal) => follow(url, fromMs, signal),
    async coverage(window, signal) {
      const sums = createCoverageSums();
      for await (const line of readLines(url, window, signal))
        if (line.kind === 'coverage') sums.add({ ...line, day: dayOf(line.atMs) });
      return sums.list();
    },
    async flow(window, signal) {
      const sums = createFlowSums();
      for await (const line of readLines(url, window, signal)) {
        const counts = flowOf(line);
        if (Object.keys(counts).length > 0) sums.add(dayOf(line.atMs), counts);
      }
      return sums.list();
    },
    async write(lines) {
      const body = JSON.stringify({ lines: lines.map((line) => operatorJson('local', line)) });
      await request(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    },
  };
}

async function* readLines(url: string, query: LinesQuery, signal: AbortSignal): AsyncGenerator<JournalLine> {
  for (let after = 0; !signal.aborted; ) {
    const page = await readPage(url, after, signal);
    for (const fields of page.lines) {
      const line = matches(fields, query) ? readLine(fields) : undefined;
      if (line !== undefined && isWithin(line.atMs, query)) yield line;
    }
    if (page.lines.length === 0 || page.next <= after) return;
    after = page.next;
  }
}

const isWithin = (atMs: number, { fromMs, toMs }: Window): boolean => atMs >= fromMs && atMs <= toMs;

function matches(fields: LineFields, { containing, messages }: LinesQuery): boolean {
  if (messages?.includes(String(fields.message)) === false) return false;
  if (containing === undefined) return true;
  const text = JSON.stringify(fields);
  return containing.some((part) => text.includes(part));
}

/** Goes on after a restart of the gateway, whose memory is empty then. */
async function* follow(url: string, fromMs: number, signal: AbortSignal): AsyncGenerator<JournalLine> {
  const connection = createConnectionNotes('the local gateway');
  for (let after = 0; !signal.aborted; ) {
    const page = await readPage(url, after, signal).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      if (!connection.hasAnswered()) throw error;
      connection.lost();
      return undefined;
    });
    if (page !== undefined) connection.answered();
    for (const line of linesOf(page)) if (line.atMs >= fromMs) yield line;
    after = page?.next ?? after;
    if ((page?.lines.length ?? 0) < pageLines)
      await pause(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

const linesOf = (page: JournalPage | undefined): JournalLine[] =>
  (page?.lines ?? []).flatMap((fields) => readLine(fields) ?? []);

async function readPage(url: string, after: number, signal: AbortSignal): Promise<JournalPage> {
  const response = await request(`${url}?after=${after}&limit=${pageLines}`, { signal });
  const page = decodePage(await response.json());
  if (page === undefined) throw foreign();
  return page;
}

async function request(url: string, options: RequestInit): Promise<Response> {
  const signals = [AbortSignal.timeout(timeoutMs), ...(options.signal ? [options.signal] : [])];
  const response = await fetch(url, {
    ...options,
    redirect: 'error',
    signal: AbortSignal.any(signals),
  }).catch((error: unknown) => {
    throw unavailable(
      'The local gateway does not answer: is `npm start` running, with the same PORT?',
      error,
    );
  });
  if (!response.ok) throw foreign();
  return response;
}

const foreign = () =>
  unavailable(
    'The program on PORT has no journal: it is not the gateway of npm start, or one of an older release.',
  );
