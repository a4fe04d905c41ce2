/** Reads the body that --body names: a file, or standard input when it is called `-`. Its bytes are not changed. */
import { readFile } from 'node:fs/promises';
import { usageError } from '../../errors/cli-error.ts';
import { codeOf } from '../../errors/explain-error.ts';
import { terminal } from '../../terminal/io.ts';

/** The gateway takes no more. */
const maxBytes = 1_048_576;

export async function readBody(file: string): Promise<Uint8Array> {
  const bytes = file === '-' ? await readInput() : await readFile(file).catch(explainFile);
  if (bytes.length > maxBytes) throw tooLarge();
  return bytes;
}

const tooLarge = () => usageError('--body: a webhook is at most 1 MiB.');

async function readInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of terminal().stdin) {
    const part = Buffer.from(chunk);
    chunks.push(part);
    bytes += part.length;
    if (bytes > maxBytes) throw tooLarge();
  }
  return Buffer.concat(chunks);
}

function explainFile(error: unknown): never {
  throw usageError(`The file of --body cannot be read (${codeOf(error)}).`);
}
