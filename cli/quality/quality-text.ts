/** The quality of events as text, in 80 columns. */
import { colors } from '../terminal/io.ts';
import { printable, table } from '../terminal/output.ts';
import { countText } from '../terminal/plural.ts';
import { barLines } from './bars.ts';
import { percent } from './percent.ts';
import type { QualityGain, QualityRow } from './quality-report.ts';

const columns = 80;

/** The bars and gains of one row. */
export function rowLines(row: QualityRow): string[] {
  const { bold } = colors();
  const title = `${printable(row.source, 30)} · ${printable(row.event, 30)}`;
  return [
    `${bold(title)}: ${count(row.events)} event${row.events === 1 ? '' : 's'}, estimate ${row.estimate.toFixed(1)} of 10`,
    ...barLines(Object.entries(row.match_keys).map(([label, share]) => ({ label, share }))),
    ...row.gains.flatMap(gainLines),
  ];
}

function gainLines({ points, text, guide }: QualityGain): string[] {
  const mark = points > 0 ? `+${points.toFixed(1)}` : '!';
  return wrapped(`${text} → ${guide}`, `  ${mark.padEnd(5)} `);
}

/** @param first the start of the first line; the others are indented as far */
export function wrapped(text: string, first = ''): string[] {
  const lines = [first];
  const indent = ' '.repeat(first.length);
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const isEmpty = line.length === first.length;
    if (!isEmpty && line.length + 1 + word.length > columns) lines.push(indent + word);
    else lines[lines.length - 1] = isEmpty ? line + word : `${line} ${word}`;
  }
  return lines;
}

/** One line for each source and event. */
export function rowTable(rows: readonly QualityRow[]): string[] {
  const head = ['source', 'event', 'events', 'est.', 'value', 'content', 'own id', 'in 5 min'];
  const cells = rows.map((row) => [
    printable(row.source, 14),
    printable(row.event, 16),
    count(row.events),
    row.estimate.toFixed(1),
    percent(row.value),
    percent(row.content_ids),
    percent(row.own_id),
    row.in_time === null ? '-' : percent(row.in_time),
  ]);
  return table(rightAligned([head, ...cells], 2)).split('\n');
}

/** Numbers line up at their right. @param from the first column of numbers */
function rightAligned(rows: readonly (readonly string[])[], from: number): string[][] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row.map((cell, column) => (column < from ? cell : cell.padStart(widths[column] ?? 0))),
  );
}

/** `12,345`, and `1.2 M` where it would be too long for its column. */
export const count = (value: number): string =>
  value < 10_000_000 ? countText(value) : `${(value / 1_000_000).toFixed(1)} M`;

/** What the estimate is, and what it is not. */
export const estimateNote: readonly string[] = wrapped(
  "The estimate is ours. TikTok calls its match quality a weighted average of the coverage of all match keys, and publishes no weights: compare it with TikTok's own number in Events Manager, and use it to see what a change gains. docs/quality.md has the weights.",
);
