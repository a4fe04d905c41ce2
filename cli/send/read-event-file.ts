/** Reads one event from a JSON file, or from standard input when the file is called `-`. */
import { readFile } from 'node:fs/promises';
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { usageError } from '../errors/cli-error.ts';
import { terminal } from '../terminal/io.ts';

const maxBytes = 1_048_576;

export async function readEventFile(file: string): Promise<Record<string, unknown>> {
  const text = file === '-' ? await readInput() : await readFile(file, 'utf8').catch(explainFile);
  const content = parseJson(text.replace(/^\uFEFF/, ''));
  if (content === undefined) throw usageError('The event is not valid JSON.');
  const event = Array.isArray(content) && content.length === 1 ? content[0] : content;
  if (isObject(event)) return event;
  throw usageError('The file must contain one event, a JSON object. To send many, use `sync`.');
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of terminal().stdin) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) throw usageError('One event is at most 1 MiB. To send many, use `sync`.');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function explainFile(error: NodeJS.ErrnoException): never {
  throw usageError(`The file of --file cannot be read (${error.code}).`);
}
