/**
 * The output of a command: results on standard output, everything else on standard error. With `--json` the result is one
 * JSON document, so that a program can read standard output whole.
 */
import { withoutControls } from '../../lib/errors/without-controls.ts';
import { besideLiveLine, colors, terminal } from './io.ts';

/** The result: text for a person, or with `--json` its JSON. */
export function showResult(isJson: boolean, result: unknown, text: () => string): void {
  besideLiveLine(() => terminal().stdout.write(isJson ? `${printableJson(result)}\n` : `${text()}\n`));
}

/** JSON leaves in what could move, color or reverse a terminal's text; the escape reads as the same character. */
const steering = /[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Indented JSON, fit for a terminal and still the same JSON. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replaceAll(
    steering,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Information while the command works; never part of the result. */
export const note = (text: string): void => besideLiveLine(() => terminal().stderr.write(`${text}\n`));
export const warn = (text: string): void => note(`${colors().yellow('Warning:')} ${text}`);

/** True when standard error is a terminal: only then are bars drawn and lines rewritten. */
export const isWatched = (): boolean => terminal().stderr.isTTY === true && terminal().env.TERM !== 'dumb';

/** Text from outside, fit for a terminal: without the control characters that could move or color it. */
export const printable = (text: string, maxLength = 200): string => {
  const clean = withoutControls(text);
  return clean.length > maxLength ? `${clean.slice(0, maxLength - 1)}…` : clean;
};

/** Lines up columns by their widest entry; the last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
