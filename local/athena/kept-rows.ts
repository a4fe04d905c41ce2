/** The rows of a result: a few in memory, many in a file of their own, so that a million rows need no memory. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Values are text as Athena shows it; NULL is null. */
export type AthenaRow = readonly (string | null)[];

/** The rows of a result, in order. */
export interface KeptRows {
  /** @returns up to `count` rows from the row `start` on, which counts from 0 */
  read(start: number, count: number): Promise<readonly AthenaRow[]>;
  /** Forgets the rows. */
  drop(): Promise<void>;
}

export const rowsInMemory = (rows: readonly AthenaRow[]): KeptRows => ({
  read: async (start, count) => rows.slice(start, start + count),
  drop: async () => undefined,
});

const maxInMemory = 10_000;
const rowsPerBlock = 1_000;

/** @param chunks read to the end, or to their first error, which this throws */
export async function keepRows(chunks: AsyncIterable<readonly AthenaRow[]>): Promise<KeptRows> {
  let waiting: AthenaRow[] = [];
  let file: RowsFile | undefined;
  try {
    for await (const chunk of chunks) {
      waiting.push(...chunk);
      if (file === undefined && waiting.length <= maxInMemory) continue;
      file ??= await openRowsFile();
      while (waiting.length >= rowsPerBlock) {
        await file.write(waiting.slice(0, rowsPerBlock));
        waiting = waiting.slice(rowsPerBlock);
      }
    }
    if (file === undefined) return rowsInMemory(waiting);
    await file.write(waiting);
    return file;
  } catch (error) {
    await file?.drop();
    throw error;
  }
}

interface RowsFile extends KeptRows {
  /** All blocks but the last have `rowsPerBlock` rows. */
  write(rows: readonly AthenaRow[]): Promise<void>;
}

async function openRowsFile(): Promise<RowsFile> {
  const folder = await mkdtemp(join(tmpdir(), 'tiktok-events-athena-'));
  const handle = await open(join(folder, `${randomUUID()}.json`), 'wx+', 0o600);
  /** Where each block starts, and where the last one ends. */
  const starts = [0];
  return {
    write: async (rows) => {
      const block = Buffer.from(JSON.stringify(rows));
      const start = starts.at(-1) ?? 0;
      await handle.write(block, 0, block.length, start);
      starts.push(start + block.length);
    },
    read: async (start, count) => {
      const first = Math.floor(start / rowsPerBlock);
      const last = Math.floor((start + count - 1) / rowsPerBlock);
      const blocks: AthenaRow[][] = [];
      for (let index = first; index <= last; index += 1) blocks.push(await readBlock(handle, starts, index));
      const offset = start - first * rowsPerBlock;
      return blocks.flat().slice(offset, offset + count);
    },
    drop: async () => {
      await handle.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readBlock(handle: FileHandle, starts: readonly number[], index: number): Promise<AthenaRow[]> {
  const [start, end] = [starts[index], starts[index + 1]];
  if (start === undefined || end === undefined) return [];
  const block = Buffer.alloc(end - start);
  await handle.read(block, 0, block.length, start);
  return JSON.parse(block.toString('utf8')) as AthenaRow[];
}
