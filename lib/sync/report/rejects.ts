/** Rejected rows: their reasons in the table, and the rows themselves in the folder of the stage file, if it names one. */
import type { Clock } from '../../clock/clock.ts';
import type { FieldIssue } from '../../events/issue.ts';
import type { SourceRow } from '../../rows/source-row.ts';
import type { SyncTable } from '../state/dynamodb.ts';
import { type RejectedKey, writeRejected } from '../state/history.ts';
import type { FileStore } from './s3.ts';

export interface Rejects {
  add(source: SourceRow, errors: readonly FieldIssue[]): void;
  /** Writes what was added when it has become large. */
  drain(): Promise<void>;
  /** Writes what was added. Before the state says that these rows are done. */
  flush(): Promise<void>;
}

export interface RejectsOptions {
  readonly sync: string;
  readonly runId: string;
  /** Tells the parts of two invocations of one run apart. */
  readonly invocation: number;
  readonly folder: string | undefined;
  readonly table: SyncTable;
  readonly files: FileStore;
  readonly clock: Clock;
}

/** Enough to see what is wrong; the folder of `rejects` gets every row. */
const maxKept = 1_000;
/** DynamoDB takes 400 KB: 200 reasons are less than 200 KB. */
const keptPerItem = 200;
const maxErrors = 5;
/** Characters of lines that are kept in memory, beside those of the current batch. */
const maxWaiting = 4_000_000;

export function openRejects(options: RejectsOptions): Rejects {
  let kept: RejectedKey[] = [];
  let lines: string[] = [];
  let count = 0;
  let part = 0;
  let waiting = 0;

  async function flush(): Promise<void> {
    if (kept.length === 0 && lines.length === 0) return;
    part += 1;
    const name = `${String(options.invocation).padStart(3, '0')}-${String(part).padStart(5, '0')}`;
    await writeKept(options, name, kept);
    kept = [];
    if (options.folder !== undefined && lines.length > 0)
      await options.files.put(
        options.folder,
        `${options.sync}/${options.runId}/${name}.ndjson`,
        lines.join(''),
      );
    lines = [];
    waiting = 0;
  }

  return {
    add(source, errors) {
      if (count < maxKept) kept.push(toKey(source, errors));
      count += 1;
      if (options.folder === undefined) return;
      const line = toLine(source, errors);
      lines.push(line);
      waiting += line.length;
    },
    drain: async () => {
      if (waiting > maxWaiting) await flush();
    },
    flush,
  };
}

async function writeKept(options: RejectsOptions, name: string, kept: readonly RejectedKey[]): Promise<void> {
  const { table, runId, clock } = options;
  for (let start = 0; start < kept.length; start += keptPerItem)
    await writeRejected(
      table,
      runId,
      `${name}-${start}`,
      kept.slice(start, start + keptPerItem),
      clock.now(),
    );
}

/** The same form as the file of `sync --rejects`. */
const toLine = ({ number, row }: SourceRow, errors: readonly FieldIssue[]): string =>
  `${JSON.stringify({ row: number, errors, data: row })}\n`;

const toKey = ({ number, row, cursor }: SourceRow, errors: readonly FieldIssue[]): RejectedKey => ({
  row: number,
  cursor: cursor ?? undefined,
  key: keyOf(row),
  errors: errors.slice(0, maxErrors).map(({ field, code, message }) => ({ field, code, message })),
});

/** An id and nothing else: without `@`, and too short for an address. */
const idForm = /^[\w.:#/-]{1,64}$/;

function keyOf(row: SourceRow['row']): string | undefined {
  for (const name of ['event_id', 'order_id', 'id']) {
    const value = row[name] ?? row[name.toUpperCase()];
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && idForm.test(text)) return text;
  }
  return undefined;
}
