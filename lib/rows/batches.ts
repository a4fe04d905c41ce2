/** Collects prepared rows into batches: up to 500 events and a little less than 1 MiB each, in the order of the rows. */

import type { Entry } from './position.ts';
import type { PreparedRow, ReadyEvent } from './prepared-row.ts';
import type { SourceRow } from './source-row.ts';

export interface Batch {
  readonly number: number;
  /** Rows that the batch finishes. */
  readonly rows: number;
  readonly events: readonly ReadyEvent[];
  /** Everything of the batch, sent or not, in order. */
  readonly entries: readonly Entry[];
}

const maxEvents = 500;
/** The gateway accepts 1 MiB; the rest is for the brackets around the events. */
const maxBytes = 1_000_000;
/** Rows without events must advance the checkpoint too. */
const maxRows = 10_000;

export async function* toBatches(
  chunks: AsyncIterable<readonly SourceRow[]>,
  prepare: (row: SourceRow) => readonly PreparedRow[],
): AsyncGenerator<Batch> {
  let number = 0;
  let open = emptyBatch();
  const close = (): Batch => {
    const { events, entries, rows } = open;
    open = emptyBatch();
    number += 1;
    return { number, rows, events, entries };
  };
  for await (const chunk of chunks) {
    for (const row of chunk) {
      for (const prepared of prepare(row)) {
        if (isFull(open, prepared)) yield close();
        add(open, prepared);
      }
      open.rows += 1;
    }
  }
  if (open.rows > 0) yield close();
}

const emptyBatch = () => ({ events: [] as ReadyEvent[], entries: [] as Entry[], rows: 0, bytes: 0 });
type OpenBatch = ReturnType<typeof emptyBatch>;

function isFull({ events, bytes, rows }: OpenBatch, next: PreparedRow): boolean {
  if (rows >= maxRows) return true;
  if (next.kind !== 'ready') return false;
  return events.length >= maxEvents || (events.length > 0 && bytes + next.bytes > maxBytes);
}

function add(batch: OpenBatch, prepared: PreparedRow): void {
  if (prepared.entry !== undefined) batch.entries.push(prepared.entry);
  if (prepared.kind !== 'ready') return;
  batch.events.push(prepared);
  batch.bytes += prepared.bytes;
}
