/** Stories as text for a terminal of 80 columns, and as JSON. */
import type { EventRow } from '../../lib/journal/row.ts';
import { type StoryStep, shortReason } from '../../lib/journal/steps/step.ts';
import { colors, terminal } from '../terminal/io.ts';
import { clockText, dateText } from '../terminal/local-time.ts';
import { printable } from '../terminal/output.ts';
import { outcomeText } from './tail-filter.ts';

export interface Story {
  readonly row: EventRow;
  readonly steps: readonly StoryStep[];
}

/** Times are ISO 8601. */
export const storiesJson = (stage: string, stories: readonly Story[]) => ({
  stage,
  events: stories.map(({ row: { atMs, deliveredAtMs, nextAttemptMs, ...row }, steps }) => ({
    ...row,
    outcome: outcomeText(row.outcome),
    at: isoTime(atMs),
    delivered_at: isoTime(deliveredAtMs),
    next_attempt: isoTime(nextAttemptMs),
    steps: steps.map(({ atMs: stepMs, ...step }) => ({ at: isoTime(stepMs), ...step })),
  })),
});

const isoTime = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

export const storiesText = (stories: readonly Story[]): string => stories.map(storyText).join('\n\n');

const symbols = { neutral: '·', good: '✓', warning: '!', bad: '✗' } as const;
const indent = ' '.repeat(13);

function storyText({ row, steps }: Story): string {
  const lines = [headline(row)];
  let day = '';
  for (const step of steps) {
    const date = dateText(step.atMs);
    if (date !== day) lines.push(colors().dim(`  ${date}`));
    day = date;
    lines.push(...stepLines(step));
  }
  return lines.join('\n');
}

function headline({ name, event, source, outcome, nextAttemptMs, ...row }: EventRow): string {
  const title = event === undefined ? (name ?? 'No event') : `${name ?? 'Event'} ${event}`;
  const isOnItsWay = outcome === 'delivered' || outcome === 'accepted';
  const reason = isOnItsWay || row.reason === undefined ? '' : ` (${shortReason(row.reason)})`;
  const next = nextAttemptMs === undefined ? '' : `, next attempt at ${clockText(nextAttemptMs)}`;
  const answer = `: ${outcomeText(outcome)}${reason}${next}`;
  const [first = '', ...others] = wrap(printable(`${title}, from ${source}${answer}`), width());
  return [colors().bold(first), ...others.map((line) => `  ${line}`)].join('\n');
}

function stepLines({ atMs, tone, title, details }: StoryStep): string[] {
  const paint = { neutral: colors().dim, good: colors().green, warning: colors().yellow, bad: colors().red }[
    tone
  ];
  const [first = '', ...others] = wrap(printable(title), width() - indent.length);
  return [
    `  ${clockText(atMs)} ${paint(symbols[tone])} ${paint(first)}`,
    ...others.map((line) => `${indent}${paint(line)}`),
    ...details
      .flatMap((detail) => wrap(printable(detail, 500), width() - indent.length))
      .map((line) => `${indent}${colors().dim(line)}`),
  ];
}

function width(): number {
  const { isTTY, columns = 80 } = terminal().stdout;
  return Math.max(40, Math.min(isTTY === true ? columns : 80, 120));
}

/** A word that is longer than the line, such as an id, stays whole: it can be copied. */
function wrap(text: string, length: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > length) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
