/** Formats everything that this process prints with `prettyLine`, line by line, because functions log JSON. */
import { createLineReader, type Write } from './line-reader.ts';
import { prettyLine } from './pretty-log.ts';

export function prettifyOutput(): void {
  prettify(process.stdout);
  prettify(process.stderr);
}

function prettify(stream: NodeJS.WriteStream): void {
  const write: Write = stream.write.bind(stream);
  const read = createLineReader();
  const writeLines = (chunk: string | Uint8Array, ...others: unknown[]): boolean => {
    const shown = read(chunk)
      .map((line) => prettyLine(line))
      .filter((line) => line !== undefined);
    const done = others.find((other): other is () => void => typeof other === 'function');
    const text = shown.map((line) => `${line}\n`).join('');
    return done ? write(text, done) : write(text);
  };
  stream.write = writeLines as Write;
}
