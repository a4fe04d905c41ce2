/** The part of a stage's journal that `dead-letters` writes. */
import type { Journal } from '../../journal/journal.ts';
import { openJournal } from '../../journal/open-journal.ts';
import type { Stage } from '../../stage/stage.ts';
import type { JournalWriter } from './operator-lines.ts';

/** Opens the journal with the first line: a look at the letters needs no right on the logs. */
export function operatorJournal(stage: Stage): JournalWriter {
  let opened: Promise<Journal> | undefined;
  return {
    write: async (lines) => {
      opened ??= openJournal(stage);
      await (await opened).write(lines);
    },
  };
}
