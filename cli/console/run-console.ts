/** Starts the console of a deployed stage, or opens that of the gateway on this machine. */
import { once } from 'node:events';
import { operatorJournal } from '../dead-letters/journal/operator-journal.ts';
import { openLetters } from '../dead-letters/open-letters.ts';
import { unavailable } from '../errors/cli-error.ts';
import { openJournal } from '../journal/open-journal.ts';
import { readLocalInfo } from '../stage/local-info.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { openBrowser } from '../terminal/open-browser.ts';
import { note, showResult } from '../terminal/output.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { startConsole } from './start-console.ts';

interface ConsoleOptions extends SharedOptions {
  readonly port: number;
  /** Milliseconds before now. */
  readonly since: number;
  readonly open: boolean;
}

export async function runConsole(options: ConsoleOptions): Promise<void> {
  const stage = openStage(options);
  if (stage.isLocal) return showAddress(await localAddress(stage), options);
  await untilInterrupted('Stopping …', async (signal) => {
    const console = await startConsole({
      stage,
      openJournal: () => openJournal(stage),
      letters: openLetters(stage, operatorJournal(stage)),
      openSyncs: async () => (await import('../syncs/open-syncs.ts')).openSyncs(options),
      sinceMs: Date.now() - options.since,
      port: options.port,
      signal,
    });
    try {
      await showAddress(console.url, options);
      note(
        'The address contains a secret: do not share it. Anyone who has it can replay and discard dead letters, and start and pause syncs.',
      );
      note('Press Ctrl-C to stop.');
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      await console.stop();
    }
  });
}

/** The gateway of this machine serves the page itself. */
async function localAddress(stage: Stage): Promise<string> {
  const url = await stage.apiUrl();
  const info = await readLocalInfo(url);
  if (info.stage !== undefined) return `${url}/`;
  throw unavailable('The gateway of this machine does not answer: run `npm start`, with the same PORT.');
}

async function showAddress(url: string, { json, open }: ConsoleOptions): Promise<void> {
  showResult(json === true, { url }, () => url);
  if (open && json !== true) await openBrowser(url);
}
