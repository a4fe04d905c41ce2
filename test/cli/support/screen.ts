/** A terminal of a few rows that shows what a person sees: it understands the controls that the command line writes. */
import { Writable } from 'node:stream';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the controls of a terminal
const token = /\u001b(?:\[(\??)([\d;]*)([A-Za-z])|([78]))|\r|\n|[^\u001b\r\n]/g;

export function createScreen(columns = 80) {
  const lines: string[] = [''];
  const cursor = { row: 0, column: 0 };
  let saved = { ...cursor };

  const put = (character: string): void => {
    const line = (lines[cursor.row] ?? '').padEnd(cursor.column);
    lines[cursor.row] = line.slice(0, cursor.column) + character + line.slice(cursor.column + 1);
    cursor.column = Math.min(columns - 1, cursor.column + 1);
  };
  const erase = (kind: string): void => {
    const line = lines[cursor.row] ?? '';
    lines[cursor.row] = kind === '2' ? '' : line.slice(0, cursor.column);
  };
  const control = (mode: string, digits: string, letter: string): void => {
    if (mode !== '') return;
    if (letter === 'G') cursor.column = Number(digits || 1) - 1;
    else if (letter === 'K') erase(digits);
    else throw new Error(`The screen does not know the control ${digits}${letter}.`);
  };
  const newline = (): void => {
    Object.assign(cursor, { row: cursor.row + 1, column: 0 });
    lines[cursor.row] ??= '';
  };
  const take = ([text, mode = '', digits = '', letter, keep]: RegExpMatchArray): void => {
    if (keep === '7') saved = { ...cursor };
    else if (keep === '8') Object.assign(cursor, saved);
    else if (letter !== undefined) control(mode, digits, letter);
    else if (text === '\n') newline();
    else if (text === '\r') cursor.column = 0;
    else put(text);
  };
  const stream = Object.assign(
    new Writable({
      decodeStrings: false,
      write: (chunk: string | Buffer, _, done) => {
        for (const match of String(chunk).matchAll(token)) take(match);
        done();
      },
    }),
    { isTTY: true as const, columns },
  );
  return { stream, lines: () => lines.map((line) => line.trimEnd()) };
}
