/** The report of `reconcile` as text, in 80 columns. */
import { wrapped } from '../quality/quality-text.ts';
import { colors } from '../terminal/io.ts';
import { printable, table } from '../terminal/output.ts';
import { countText } from '../terminal/plural.ts';
import { type Balance, explainRemainder } from './balance.ts';
import type { Comparison } from './compare.ts';
import type { PixelReport } from './pixel-counts.ts';
import type { ReconcileReport } from './report.ts';

export function reconcileText({ stage, days, balance, pixels }: ReconcileReport): string {
  const period = days.length === 1 ? days[0] : `${days[0]} to ${days.at(-1)}`;
  return [
    `Stage ${stage}, ${period} (UTC)`,
    ...(balance === undefined ? [] : ['', ...balanceLines(balance)]),
    ...pixels.flatMap((pixel) => ['', ...pixelLines(pixel)]),
  ].join('\n');
}

function balanceLines(balance: Balance): string[] {
  const { green, red, yellow, bold } = colors();
  const { accepted, replayed, delivered, waiting, parked, discarded, remainder, verdict } = balance;
  const rows: [string, number, string?][] = [
    ['accepted', accepted],
    ['+ replayed dead letters', replayed],
    ['- delivered', delivered],
    ['- waiting', waiting],
    ['- parked', parked, discarded > 0 ? `  (${countText(discarded)} of them discarded)` : ''],
    ['= remainder', remainder],
  ];
  const width = Math.max(...rows.map(([, value]) => countText(value).length));
  const lines = rows.map(
    ([label, value, more = '']) => `  ${label.padEnd(24)}${countText(value).padStart(width)}${more}`,
  );
  const explanation = explainRemainder(balance);
  const mark = { balanced: green('✓'), explained: yellow('!'), lost: red('✗') }[verdict];
  return [
    bold('Balance'),
    ...lines,
    ...marked(mark, explanation ?? 'Every event that came in is accounted for.'),
  ];
}

/** @param mark one column wide, with its color */
const marked = (mark: string, text: string): string[] =>
  wrapped(text, '    ').map((line, index) => (index === 0 ? `  ${mark} ${line.slice(4)}` : line));

function pixelLines({ pixel, destinations, comparisons, problem, skipped }: PixelReport): string[] {
  const { bold, dim, red } = colors();
  const title = bold(`Pixel ${printable(pixel, 40)} (${destinations.join(', ')})`);
  if (skipped !== undefined) return [title, ...wrapped(skipped, '  - ').map((line) => dim(line))];
  if (problem !== undefined) return [title, ...marked(red('✗'), problem.text), `    → ${problem.remedy}`];
  if (comparisons.length === 0) return [title, '  Nothing was delivered, and TikTok counted nothing.'];
  return [title, ...comparisonTable(comparisons), ...findings(comparisons)];
}

/** More lines than a screen has: then the equal ones are left out. */
const maxLines = 40;

function comparisonTable(comparisons: readonly Comparison[]): string[] {
  const shown =
    comparisons.length <= maxLines
      ? comparisons
      : comparisons.filter(({ day, verdict }) => day === 'all' || verdict === 'drift');
  const head = ['day', 'event', 'delivered', 'server', 'browser', 'difference', ''];
  const rows = shown.map(({ day, event, delivered, server, browser, difference, verdict }) => [
    day,
    printable(event, 20),
    countText(delivered),
    countText(server),
    countText(browser),
    `${difference > 0 ? '+' : ''}${countText(difference)}`,
    { equal: '', drift: 'drift', not_final: 'not final' }[verdict],
  ]);
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return table(
    all.map((row) =>
      row.map((cell, column) => (column < 2 || column > 5 ? cell : cell.padStart(widths[column] ?? 0))),
    ),
  )
    .split('\n')
    .map((line) => `  ${line}`);
}

function findings(comparisons: readonly Comparison[]): string[] {
  const { green, red, dim } = colors();
  const drifts = comparisons.filter(({ verdict }) => verdict === 'drift');
  const open = comparisons.filter(({ verdict }) => verdict === 'not_final');
  return [
    ...drifts.flatMap((drift) => marked(red('✗'), describe(drift))),
    ...reasons(drifts),
    ...(drifts.length === 0 && open.length < comparisons.length
      ? [`  ${green('✓')} TikTok counts what was delivered.`]
      : []),
    ...(open.length > 0
      ? wrapped(
          "Days that are not final are not judged: TikTok's counts come hours later (--final-after changes how many).",
          '    ',
        ).map((line) => dim(line))
      : []),
  ];
}

function describe({ day, event, delivered, server, difference }: Comparison): string {
  const share = Math.round((Math.abs(difference) / Math.max(1, delivered)) * 1000) / 10;
  const when = day === 'all' ? 'All final days' : day;
  const drift = delivered === 0 ? '' : `, ${share} % ${difference < 0 ? 'fewer' : 'more'}`;
  return `${when}, ${printable(event, 40)}: delivered ${countText(delivered)}, TikTok counts ${countText(server)}${drift}`;
}

function reasons(drifts: readonly Comparison[]): string[] {
  const fewer = drifts.some(({ difference }) => difference < 0);
  const more = drifts.some(({ difference }) => difference > 0);
  return [
    ...(fewer
      ? wrapped(
          'Fewer: TikTok drops second copies of an event id within 48 hours; what it dropped after it had accepted it shows only here. docs/quality.md#when-tiktok-counts-fewer',
          '    ',
        )
      : []),
    ...(more
      ? wrapped(
          'More: something else sends to this pixel too, such as a partner integration or an older tool. docs/quality.md#when-tiktok-counts-more',
          '    ',
        )
      : []),
  ];
}
