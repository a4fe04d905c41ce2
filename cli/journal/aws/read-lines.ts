/**
 * Reads lines of any number with CloudWatch Logs Insights, which returns at most 10,000: each query continues in the second
 * of the last row of the one before. One second with more lines than that is read page by page.
 */
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { parseLine } from '../../../lib/journal/parse-line.ts';
import type { LinesQuery, Window } from '../journal.ts';
import { withRight } from './missing-right.ts';
import { linesPattern, linesQuery, maxTexts } from './queries.ts';
import { maxRows, type QueryContext, runQuery, whenFree } from './run-query.ts';

export async function* readLines(
  context: QueryContext,
  query: LinesQuery,
  signal: AbortSignal,
): AsyncGenerator<JournalLine> {
  const { containing = [] } = query;
  if (query.containing?.length === 0) return;
  if (containing.length <= maxTexts) {
    yield* readParts(context, query, signal);
    return;
  }
  // Several queries find some lines twice.
  const found = new Map<string, JournalLine>();
  for (let start = 0; start < containing.length; start += maxTexts) {
    const part = { ...query, containing: containing.slice(start, start + maxTexts) };
    for await (const line of readParts(context, part, signal)) found.set(JSON.stringify(line), line);
  }
  yield* [...found.values()].sort((one, other) => one.atMs - other.atMs);
}

async function* readParts(
  context: QueryContext,
  query: LinesQuery,
  signal: AbortSignal,
): AsyncGenerator<JournalLine> {
  const text = linesQuery(query);
  for (let fromMs = query.fromMs; fromMs <= query.toMs; ) {
    const rows = await runQuery(context, text, { fromMs, toMs: query.toMs }, signal);
    const isCut = rows.length >= maxRows;
    const lastMs = isCut ? secondOf(timeOf(rows.at(-1)?.['@timestamp'])) : Number.POSITIVE_INFINITY;
    for (const row of rows)
      if (timeOf(row['@timestamp']) < lastMs) yield* within(query, parseLine(row['@message'] ?? ''));
    if (!isCut) return;
    if (lastMs > secondOf(fromMs)) {
      fromMs = lastMs;
      continue;
    }
    yield* readSecond(context, query, lastMs, signal);
    fromMs = lastMs + 1000;
  }
}

/** The query has whole seconds, the window milliseconds. */
function* within({ fromMs, toMs }: Window, line: JournalLine | undefined): Generator<JournalLine> {
  if (line !== undefined && line.atMs >= fromMs && line.atMs <= toMs) yield line;
}

/** CloudWatch writes `2026-11-26 09:00:00.000`, in UTC. */
const timeOf = (text: string | undefined): number => Date.parse(`${text?.replace(' ', 'T')}Z`);
const secondOf = (ms: number): number => Math.floor(ms / 1000) * 1000;

async function* readSecond(
  context: QueryContext,
  query: LinesQuery,
  startMs: number,
  signal: AbortSignal,
): AsyncGenerator<JournalLine> {
  const texts: string[] = [];
  for (const group of context.groups) {
    const window = { fromMs: startMs, toMs: startMs + 999 };
    for await (const event of filterEvents(context, group, window, signal)) texts.push(event.message);
  }
  const lines = texts.filter((text) => isWanted(text, query)).flatMap((text) => parseLine(text) ?? []);
  for (const line of lines.sort((one, other) => one.atMs - other.atMs)) yield* within(query, line);
}

const isWanted = (text: string, { containing, messages }: LinesQuery): boolean =>
  (containing === undefined || containing.some((part) => text.includes(part))) &&
  (messages === undefined || messages.some((message) => text.includes(JSON.stringify(message))));

export interface LogEvent {
  readonly id: string;
  readonly atMs: number;
  readonly message: string;
}

/** Reads the lines of the journal in one log group, page by page. Pages can be empty. */
export async function* filterEvents(
  context: QueryContext,
  logGroupName: string,
  { fromMs, toMs }: Window,
  signal: AbortSignal,
): AsyncGenerator<LogEvent> {
  const { client } = context;
  const input = { logGroupName, startTime: fromMs, endTime: toMs, filterPattern: linesPattern };
  let nextToken: string | undefined;
  do {
    const command = new FilterLogEventsCommand({ ...input, nextToken });
    const send = () => client.send(command, { abortSignal: signal });
    const page = await whenFree(context, signal, () =>
      withRight('logs:FilterLogEvents', [logGroupName], send),
    );
    for (const { eventId = '', timestamp = 0, message = '' } of page.events ?? [])
      yield { id: eventId, atMs: timestamp, message };
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}
