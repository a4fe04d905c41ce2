/**
 * Where an export goes: a file that only its owner can read. It has its name only when it is whole, because an export that
 * ends early and is taken for a whole one would cost the events that it lacks.
 */
import { closeSync, createReadStream, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { usageError } from '../../errors/cli-error.ts';
import { codeOf } from '../../errors/explain-error.ts';
import { checkPrivateFile, draftOf, ownerOnly } from '../../sync/state/private-file.ts';
import { terminal } from '../../terminal/io.ts';

export interface ExportFile {
  write(lines: readonly string[]): void;
  /** Gives the file its name, or copies it to standard output. */
  finish(): Promise<void>;
  /** Removes what is left of it; to be called in any case. */
  close(): void;
}

/** @param output undefined: standard output */
export const openExportFile = (output: string | undefined): ExportFile =>
  output === undefined ? openSpool() : openNamed(output);

function openNamed(output: string): ExportFile {
  if (checkPrivateFile(output, '--output'))
    throw usageError('The file of --output exists: name another, or remove it.');
  const draft = draftOf(output);
  const descriptor = openFile(draft, '--output');
  return {
    write: (lines) => writeLines(descriptor, lines),
    finish: async () => renameSync(draft, output),
    close() {
      closeSync(descriptor);
      rmSync(draft, { force: true });
    },
  };
}

/** A slow reader of standard output must not keep the letters hidden, so they wait in a file. */
function openSpool(): ExportFile {
  const folder = mkdtempSync(join(tmpdir(), 'tiktok-events-'));
  const descriptor = openFile(join(folder, 'export.ndjson'), 'the temporary folder');
  // Without a name, it is gone even when this program is killed. Windows keeps the name of an open file.
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  if (process.platform !== 'win32') remove();
  return {
    write: (lines) => writeLines(descriptor, lines),
    async finish() {
      const file = createReadStream('', { fd: descriptor, start: 0, autoClose: false });
      // `end: false`: standard output stays open for the process.
      await pipeline(file, terminal().stdout, { end: false });
    },
    close() {
      closeSync(descriptor);
      remove();
    },
  };
}

const writeLines = (descriptor: number, lines: readonly string[]): void => {
  if (lines.length > 0) writeSync(descriptor, `${lines.join('\n')}\n`);
};

/** @param place names it in the error */
function openFile(file: string, place: string): number {
  try {
    return openSync(file, 'wx+', ownerOnly);
  } catch (error) {
    throw usageError(`The file of ${place} cannot be written (${codeOf(error)}).`);
  }
}
