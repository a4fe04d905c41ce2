/** Formats everything that this process prints with `prettyLine`, line by line, because functions log JSON. */
import { prettyLine } from './pretty-log.ts';

type Write = typeof process.stdout.write;

export function prettifyOutput(): void {
  prettify(process.stdout);
  prettify(process.stderr);
}

function prettify(stream: NodeJS.WriteStream): void {
  const write: Write = stream.write.bind(stream);
  let rest = '';
  const writeLines = (chunk: string | Uint8Array, ...others: unknown[]): boolean => {
    const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))).split(
      '\n',
    );
    rest = lines.pop() ?? '';
    const shown = lines.map((line) => prettyLine(line)).filter((line) => line !== undefined);
    const done = others.find((other): other is () => void => typeof other === 'function');
    const text = shown.map((line) => `${line}\n`).join('');
    return done ? write(text, done) : write(text);
  };
  stream.write = writeLines as Write;
}
