/** The console's view of a deployed stage, with the rights of the person who runs the command. It never shows a raw id. */
import { letterActions } from '../../console/server/letter-actions.ts';
import type { ConsoleSource, KnownSettings, LetterActions } from '../../console/server/source.ts';
import type { SyncPlace } from '../../console/server/sync-actions.ts';
import { readStage } from '../../lib/config/read-stage.ts';
import type { JournalLine } from '../../lib/journal/line.ts';
import type { Syncs } from '../../lib/sync/settings.ts';
import type { Letters } from '../dead-letters/letters.ts';
import type { Journal } from '../journal/journal.ts';
import type { Stage } from '../stage/stage.ts';
import { createProblems, type Problems } from './problems.ts';
import { startReader } from './read-journal.ts';
import { stageSyncs } from './stage-syncs.ts';

interface SourceSettings {
  readonly stage: Pick<Stage, 'name'>;
  readonly openJournal: () => Promise<Journal>;
  readonly letters: Letters;
  readonly openSyncs: () => Promise<SyncPlace>;
  /** By default those of the stage file. */
  readonly syncs?: Syncs | undefined;
  readonly sinceMs: number;
  readonly signal: AbortSignal;
}

/** The page waits 15 s for an answer. */
const searchMs = 12_000;
/** A row's story and an order's events are a few lines; this bounds what an unlucky search gives. */
const maxFound = 20_000;

export function createStageSource(settings: SourceSettings): ConsoleSource {
  const { stage, openJournal, letters, sinceMs, signal } = settings;
  const problems = createProblems();
  let opened: Promise<Journal> | undefined;
  const journal = (): Promise<Journal> => {
    opened ??= openJournal().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const reader = startReader({ journal, sinceMs, signal, problems });
  const known = settingsOf(stage.name);

  return {
    stage: stage.name,
    isLocal: false,
    sendsTo: 'tiktok',
    sinceMs,
    newLines: reader.newLines,
    linesWith: async (fingerprints, fromMs) => {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(searchMs)]);
      const query = { fromMs, toMs: Date.now(), containing: fingerprints };
      return problems.watch('search', async () => collect((await journal()).lines(query, limit), limit));
    },
    settings: () => known,
    letters: watchedLetters(letterActions(letters, false), problems),
    syncs: stageSyncs(settings.syncs ?? known.syncs, settings.openSyncs, problems),
    problems: problems.list,
  };
}

/** @returns what was found before the time was over */
async function collect(lines: AsyncIterable<JournalLine>, limit: AbortSignal): Promise<JournalLine[]> {
  const found: JournalLine[] = [];
  try {
    for await (const line of lines) {
      found.push(line);
      if (found.length >= maxFound) break;
    }
  } catch (error) {
    if (!limit.aborted) throw error;
  }
  return found;
}

/** A stage can be watched without having its file. */
function settingsOf(stage: string): KnownSettings & { readonly syncs: Syncs } {
  try {
    return readStage(stage);
  } catch {
    return { destinations: {}, sources: {}, syncs: {} };
  }
}

const watchedLetters = (letters: LetterActions, { watch }: Problems): LetterActions => ({
  list: () => watch('letters', letters.list),
  replay: (ids) => watch('actions', () => letters.replay(ids)),
  discard: (ids) => watch('actions', () => letters.discard(ids)),
});
