/**
 * Rejected rows with their errors, as NDJSON in a private file: fixed, they can be piped in again. They are collected
 * beside the file and take its place at the end, so that an earlier one is there until then.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { FieldIssue } from '../../../lib/events/issue.ts';
import type { SourceRow } from '../../../lib/rows/source-row.ts';
import { usageError } from '../../errors/cli-error.ts';
import { codeOf } from '../../errors/explain-error.ts';
import { draftOf, ownerOnly } from '../state/private-file.ts';
import { checkRejectsFile, type SyncFiles } from './rejects-file.ts';

export interface Rejects {
  add(source: SourceRow, errors: readonly FieldIssue[]): void;
  /** Waits while the disk is slower than the rows. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

export async function openRejects(file: string | undefined, files: SyncFiles): Promise<Rejects> {
  if (file === undefined) {
    return { add: () => undefined, drain: async () => undefined, close: async () => undefined };
  }
  checkRejectsFile(file, files);
  const draft = draftOf(file);
  const stream = createWriteStream(draft, { flags: 'wx', mode: ownerOnly });
  await opened(stream);
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  const check = () => {
    if (failure !== undefined) throw cannotWrite(failure);
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
      // Hours may have passed: a file that came there since is not ours to replace.
      checkRejectsFile(file, files);
      await rename(draft, file).catch((error: unknown) => {
        throw cannotWrite(error);
      });
    },
  };
}

const cannotWrite = (error: unknown) =>
  usageError(`The file of --rejects cannot be written (${codeOf(error)}).`);

const opened = (stream: WriteStream): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', (error) => reject(cannotWrite(error)));
  });
