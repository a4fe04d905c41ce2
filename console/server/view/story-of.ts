/** The story of a row: its steps and, on this machine, how its personal fields changed. */
import type { EventRow } from '../../../lib/journal/row.ts';
import type { Row, StoryAnswer } from '../../api.ts';
import type { ConsoleSource } from '../source.ts';

/** The first lines of an event can be older than the receipt that its row shows. */
const earlierMs = 3_600_000;

export async function storyOf(row: EventRow, shown: Row, source: ConsoleSource): Promise<StoryAnswer> {
  const { event } = row;
  if (event === undefined) return { row: shown, steps: [stepOf(shown)], changes: [] };
  const lines = await source.linesWith([event], row.atMs - earlierMs);
  const details = source.local?.details(event) ?? { changes: [] };
  return { row: shown, steps: lines.length === 0 ? [stepOf(shown)] : [stepOf(shown)], ...details };
}

/** A request that became no event has one line. */
const stepOf = ({ atMs, outcome, reason, text, warnings }: Row): StoryAnswer['steps'][number] => ({
  atMs,
  tone: outcome === 'skipped' ? 'neutral' : 'bad',
  title: reason === undefined ? outcome : `${outcome}: ${reason}`,
  details: [...(text === undefined ? [] : [text]), ...warnings],
});
