/** Rows piped in as NDJSON, one object a line. A line that cannot be read is a row with a problem, not the end. */
import type { Readable } from 'node:stream';
import { parseJson } from '../../../lib/rows/row-json.ts';
import type { CursorRange, Row, RowSource, SourceRow } from '../../../lib/rows/source-row.ts';
import { withoutEmpty } from '../../../lib/rows/source-row.ts';
import { isObject } from '../../../lib/schema/is-object.ts';
import { requireCursorOrder } from '../state/cursor-order.ts';

export interface NdjsonOptions {
  readonly input: Readable;
  readonly cursor: CursorRange | undefined;
}

const newline = 10;
const maxLineBytes = 2 * 1024 * 1024;

export const ndjsonRows = (options: NdjsonOptions): RowSource => ({
  chunks: (signal) => readChunks(options, signal),
  count: async () => undefined,
});

async function* readChunks(
  { input, cursor }: NdjsonOptions,
  signal: AbortSignal,
): AsyncGenerator<SourceRow[]> {
  const split = createLineSplitter();
  const isWanted = requireCursorOrder(cursor?.from);
  let number = 0;
  const toRows = (lines: readonly Buffer[]): SourceRow[] =>
    lines.flatMap((line) => {
      number += 1;
      const row = readLine(line, number, cursor);
      return row !== undefined && isWanted(row) ? [row] : [];
    });
  for await (const bytes of untilAborted(input, signal)) {
    const rows = toRows(split(bytes));
    if (rows.length > 0) yield rows;
  }
  const last = signal.aborted ? [] : toRows(split(Buffer.of(newline)));
  if (last.length > 0) yield last;
}

/** A silent pipe must not keep an interrupted sync waiting. */
async function* untilAborted(input: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  const stop = (): void => void input.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const bytes of input) {
      if (signal.aborted) return;
      yield Buffer.from(bytes as Uint8Array);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Keeps only the start of a line that is too long, so that it can be reported. */
function createLineSplitter(): (bytes: Buffer) => Buffer[] {
  let parts: Buffer[] = [];
  let length = 0;
  const keep = (part: Buffer): void => {
    if (length <= maxLineBytes) parts.push(part);
    length += part.length;
  };
  return (bytes) => {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      keep(bytes.subarray(start, end));
      lines.push(Buffer.concat(parts));
      parts = [];
      length = 0;
      start = end + 1;
    }
    if (start < bytes.length) keep(bytes.subarray(start));
    return lines;
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @returns undefined for an empty line */
function readLine(line: Buffer, number: number, cursor: CursorRange | undefined): SourceRow | undefined {
  if (line.length > maxLineBytes) return faulty(number, 'row_too_large', 'the line is longer than 2 MiB');
  let text: string;
  try {
    text = utf8.decode(line).trim();
  } catch {
    return faulty(number, 'invalid_utf8', 'the line is not valid UTF-8');
  }
  if (text === '') return undefined;
  const row = parseRow(text);
  if (row === undefined) return faulty(number, 'invalid_json', noObject(text));
  if (cursor === undefined) return { number, row };
  const value = row[cursor.column];
  return { number, row, cursor: isText(value) ? String(value) : null };
}

/** The usual causes: a whole array, or a file of another format. */
const noObject = (text: string): string =>
  text.startsWith('[')
    ? "the line is not a JSON object: split an array into lines, such as with jq -c '.[]'"
    : 'the line is not a JSON object: write CSV or JSON of several lines to a file, and read it with --query';

/** True for what can be compared as a cursor. */
const isText = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

function parseRow(text: string): Row | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? withoutEmpty(value) : undefined;
  } catch {
    return undefined;
  }
}

const faulty = (number: number, code: string, message: string): SourceRow => ({
  number,
  row: {},
  problem: { code, message },
});
