/** The story of a row: its steps and, on this machine, how its personal fields changed. */
import type { ReceivedLine } from '../../../lib/journal/line.ts';
import { partsOf } from '../../../lib/journal/parts.ts';
import type { EventRow } from '../../../lib/journal/row.ts';
import { tellPart, tellStory } from '../../../lib/journal/story.ts';
import { reasonText } from '../../../lib/reasons/reason-text.ts';
import type { Row, StoryAnswer } from '../../api.ts';
import type { ConsoleSource } from '../source.ts';

interface StoryContext {
  readonly source: ConsoleSource;
  /** The lines with something that has no fingerprint. */
  readonly eventless: readonly ReceivedLine[];
}

/** The first lines of an event can be older than the receipt that its row shows. */
const earlierMs = 3_600_000;

export async function storyOf(
  row: EventRow,
  shown: Row,
  { source, eventless }: StoryContext,
): Promise<StoryAnswer> {
  const { event } = row;
  const steps =
    event === undefined
      ? partSteps(row.id, eventless)
      : tellStory(event, await source.linesWith([event], row.atMs - earlierMs), reasonText);
  const details = event === undefined ? undefined : source.local?.details(event);
  const copies =
    event === undefined ? undefined : source.local?.copies({ ...shown, event, name: nameOf(shown) });
  return {
    row: shown,
    steps: steps.length === 0 ? [stepOf(shown)] : steps,
    ...(details ?? { changes: [] }),
    ...(copies !== undefined && { copies }),
  };
}

const nameOf = ({ ownName, name }: Row): string => ownName ?? name ?? '';

function partSteps(rowId: string, eventless: readonly ReceivedLine[]): StoryAnswer['steps'] {
  const part = eventless.flatMap(partsOf).find(({ id }) => id === rowId);
  return part === undefined ? [] : tellPart(part, reasonText);
}

/** All that is left of a row whose lines are gone. */
const stepOf = ({ atMs, outcome, reason, text, warnings }: Row): StoryAnswer['steps'][number] => ({
  atMs,
  tone: outcome === 'skipped' ? 'neutral' : 'bad',
  title: reason === undefined ? outcome : `${outcome}: ${reason}`,
  details: [...(text === undefined ? [] : [text]), ...warnings],
});
