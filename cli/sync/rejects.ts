/** Rejected rows with their errors, as NDJSON in a private file: mended, they can be piped in again. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { FieldIssue } from '../../lib/events/issue.ts';
import { usageError } from '../cli-error.ts';
import type { SourceRow } from './source-row.ts';

export interface Rejects {
  add(source: SourceRow, errors: readonly FieldIssue[]): void;
  /** Waits while the disk is slower than the rows. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

export async function openRejects(file: string | undefined): Promise<Rejects> {
  if (file === undefined) {
    return { add: () => undefined, drain: async () => undefined, close: async () => undefined };
  }
  const stream = createWriteStream(file, { mode: 0o600 });
  await opened(stream);
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  const check = () => {
    if (failure !== undefined) throw usageError('The file of --rejects cannot be written.');
  };
  return {
    add: ({ number, row }, errors) =>
      void stream.write(`${JSON.stringify({ row: number, errors, data: row })}\n`),
    drain: async () => {
      check();
      if (stream.writableNeedDrain)
        await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
    },
    close: async () => {
      stream.end();
      await finished(stream).catch(() => undefined);
      check();
    },
  };
}

const opened = (stream: WriteStream): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', (error: NodeJS.ErrnoException) =>
      reject(usageError(`The file of --rejects cannot be written (${error.code}).`)),
    );
  });
