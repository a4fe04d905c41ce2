/** Writes the files of a build: whole or not at all, and zips with the same bytes from the same files. */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A rename is atomic: a test or a second build that reads at the same time sees the old file or the new one, never a part. */
export async function writeWhole(path: string, contents: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = partialName(path);
  await writeFile(part, contents);
  await rename(part, path);
}

let parts = 0;
function partialName(path: string): string {
  parts += 1;
  return `${path}.${process.pid}-${parts}.part`;
}

/** @returns the bytes of the zip, which are the same for the same files */
export async function writeZip(path: string, files: Readonly<Record<string, Uint8Array>>): Promise<number> {
  const zip = new ZipFile();
  for (const [name, contents] of Object.entries(files))
    zip.addBuffer(Buffer.from(contents), name, {
      // A zip stores local time, so this date gives the same bytes in every time zone.
      mtime: new Date(2000, 0, 1),
      forceDosTimestamp: true,
      mode: 0o100644,
    });
  zip.end();
  await mkdir(dirname(path), { recursive: true });
  const part = partialName(path);
  try {
    await pipeline(zip.outputStream, createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return (await stat(path)).size;
}
