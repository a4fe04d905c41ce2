/** Reads what the functions log: they run in this process and write JSON lines to its standard output and error. */
import { isObject } from '../../lib/schema/is-object.ts';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { createLineReader, type Write } from '../log/line-reader.ts';

/**
 * Calls the listeners with each log line that the process writes; metrics are left out. The output does not change.
 * @returns a function that ends it
 */
export function tapOutput(...listeners: readonly ((text: string) => void)[]): () => void {
  const onLine = (text: string) => {
    for (const listener of listeners) listener(text);
  };
  const ends = [process.stdout, process.stderr].map((stream) => tap(stream, onLine));
  return () => {
    for (const end of ends) end();
  };
}

function tap(stream: NodeJS.WriteStream, onLine: (text: string) => void): () => void {
  const write: Write = stream.write;
  const read = createLineReader();
  let isActive = true;
  const tapped = ((chunk: string | Uint8Array, ...others: []) => {
    if (isActive) for (const line of read(chunk)) if (isLogLine(line)) onLine(line);
    return write.call(stream, chunk, ...others);
  }) as Write;
  stream.write = tapped;
  return () => {
    isActive = false;
    // A wrapper that was added since then still calls it.
    if (stream.write === tapped) stream.write = write;
  };
}

function isLogLine(text: string): boolean {
  if (!text.startsWith('{')) return false;
  const line = parseJson(text);
  return isObject(line) && typeof line.message === 'string' && !('_aws' in line);
}
