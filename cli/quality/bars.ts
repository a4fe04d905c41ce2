/** Bars of coverage for the terminal: blocks where it shows them, `#` where it may not. */
import { colors, terminal } from '../terminal/io.ts';
import { percent } from './percent.ts';

export interface Bar {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
}

const width = 32;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** One line for each bar, of 60 columns at most: label, bar, share. */
export function barLines(bars: readonly Bar[]): string[] {
  const longest = Math.max(0, ...bars.map(({ label }) => label.length));
  const draw = showsBlocks() ? blocks : signs;
  return bars.map(
    ({ label, share }) =>
      `  ${label.padEnd(longest)}  ${paint(share)(draw(share))}  ${percent(share).padStart(5)}`,
  );
}

function blocks(share: number): string {
  const filled = Math.round(share * width * 8);
  const text = '█'.repeat(Math.floor(filled / 8)) + eighths[filled % 8];
  return text.padEnd(width, '·');
}

const signs = (share: number): string => '#'.repeat(Math.round(share * width)).padEnd(width, '.');

/** Unset variables say nothing; a locale without UTF-8 and a dumb terminal do. */
function showsBlocks(): boolean {
  const { TERM, LC_ALL, LC_CTYPE, LANG } = terminal().env;
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return TERM !== 'dumb' && (locale === '' || /utf-?8/i.test(locale));
}

function paint(share: number): (text: string) => string {
  const { green, yellow, red } = colors();
  if (share >= 0.7) return green;
  return share >= 0.4 ? yellow : red;
}
