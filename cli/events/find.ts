/** `events find`: the story of one event, of the events of one order, or of one request. */
import { letterId } from '../../lib/journal/fold-line.ts';
import { createRows } from '../../lib/journal/rows.ts';
import { tellLetter, tellPart, tellStory } from '../../lib/journal/story.ts';
import { reasonText } from '../../lib/reasons/reason-text.ts';
import { CliError, usageError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { openJournal } from '../journal/open-journal.ts';
import { openStage } from '../stage/stage.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { readStageFile } from '../stage/stage-file.ts';
import { showResult } from '../terminal/output.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { type Found, search } from './search.ts';
import { type SearchKeys, searchKeys } from './search-keys.ts';
import { type Story, storiesJson, storiesText } from './show-stories.ts';

interface FindOptions extends SharedOptions {
  readonly days?: number | undefined;
}

const dayMs = 86_400_000;
const defaultDays = 30;

export async function find(id: string, options: FindOptions): Promise<void> {
  if (id.trim() === '') throw usageError('Give an event id, an order id, a fingerprint or a trace id.');
  const stage = openStage(options);
  const keys = searchKeys(id);
  const days = options.days ?? retentionDays(stage.name);
  const toMs = Date.now();
  const journal = await openJournal(stage);
  const found = await untilInterrupted('Stopping the search.', (signal) =>
    search(journal, keys, { fromMs: toMs - days * dayMs, toMs: toMs + 60_000 }, signal).catch((error) => {
      if (signal.aborted) throw new CliError(exitCodes.interrupted, 'The search was stopped.');
      throw error;
    }),
  );
  const stories = storiesOf(found);
  if (stories.length === 0) throw nothingFound(stage, keys, days);
  showResult(options.json === true, storiesJson(stage.name, stories), () => storiesText(stories));
}

/** The logs of a stage whose file is not here are kept for as long as the template says. */
function retentionDays(stage: string): number {
  const days: unknown = readStageFile(stage)?.getIn(['logs', 'retentionDays']);
  return typeof days === 'number' ? days : defaultDays;
}

function storiesOf({ events, lines, parts, letters }: Found): Story[] {
  const rows = createRows();
  for (const line of [...lines, ...letters, ...parts.map((part) => part.line)]) rows.add(line);
  const unreadable = new Map(letters.map((letter) => [letterId(letter), letter.messageId]));
  const story = (id: string, steps: Story['steps']): Story[] => {
    const row = rows.get(id);
    return row === undefined ? [] : [{ row, steps }];
  };
  return [
    ...events.flatMap((event) => story(event, tellStory(event, lines, reasonText))),
    ...[...unreadable].flatMap(([id, messageId]) => story(id, tellLetter(messageId, letters, reasonText))),
    ...parts.flatMap((part) => story(part.id, tellPart(part, reasonText))),
  ].sort((one, other) => one.row.atMs - other.row.atMs);
}

/** Names the fingerprints, never the id: an error can end in a log of the operator. */
function nothingFound(
  { name, isLocal }: { readonly name: string; readonly isLocal: boolean },
  { fingerprints, trace }: SearchKeys,
  days: number,
): CliError {
  const where = isLocal
    ? 'the memory of the gateway.\nThe memory starts empty at each npm start and keeps the last 100,000 lines'
    : `the last ${days} days of its logs`;
  const kinds = trace === undefined ? 'an event and as an order' : 'an event, as an order and as a trace';
  return new CliError(
    exitCodes.unknown,
    [
      `Stage ${name} has nothing about this id in ${where}.`,
      `It was looked for as ${kinds}:`,
      `fingerprint${fingerprints.length === 1 ? '' : 's'} ${fingerprints.join(', ')}.`,
      'It can be missing because:',
      `  - it is older${isLocal ? '' : ' than the log retention, or than --days'};`,
      '  - it went to another stage: give --stage;',
      '  - the id differs by a letter or its case: ids are compared exactly;',
      '  - a producer of your own queued it, and the consumer has not received it yet;',
      '  - it never arrived: look at the sender.',
    ].join('\n'),
  );
}
