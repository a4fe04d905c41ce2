/** Reads one event from a JSON file, or from standard input when the file is called `-`. */
import { readFile } from 'node:fs/promises';
import { usageError } from '../errors/cli-error.ts';

const maxBytes = 1_048_576;

export async function readEventFile(file: string): Promise<Record<string, unknown>> {
  const text = file === '-' ? await readInput() : await readFile(file, 'utf8').catch(explainFile);
  const event = parse(text.replace(/^\uFEFF/, ''));
  const one = Array.isArray(event) && event.length === 1 ? event[0] : event;
  if (typeof one === 'object' && one !== null && !Array.isArray(one)) return one;
  throw usageError('The file must hold one event, a JSON object: `sync` sends many.');
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) throw usageError('One event is at most 1 MiB: `sync` sends many.');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function explainFile(error: NodeJS.ErrnoException): never {
  throw usageError(`The file of --file cannot be read (${error.code}).`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError('The event is not valid JSON.');
  }
}
