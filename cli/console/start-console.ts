/**
 * Serves the console of a deployed stage on 127.0.0.1. The address contains a random token: without it, the users and the
 * pages of this machine get nothing from the API.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { buildPage } from '../../console/page/build.ts';
import { createConsole } from '../../console/server/console.ts';
import { isConsolePath } from '../../console/server/paths.ts';
import type { SyncPlace } from '../../console/server/sync-actions.ts';
import { ConsoleProblem, writeProblem } from '../../console/server/write-answer.ts';
import type { Syncs } from '../../lib/sync/settings.ts';
import { guarded, type Refusal } from '../../local/loopback-guard.ts';
import { closeServer, listenOnLoopback, PortTakenError } from '../../local/loopback-server.ts';
import type { Letters } from '../dead-letters/letters.ts';
import { usageError } from '../errors/cli-error.ts';
import { explainError } from '../errors/explain-error.ts';
import type { Journal } from '../journal/journal.ts';
import type { Stage } from '../stage/stage.ts';
import { note } from '../terminal/output.ts';
import { createStageSource } from './stage-source.ts';

export interface ConsoleSettings {
  readonly stage: Pick<Stage, 'name'>;
  readonly openJournal: () => Promise<Journal>;
  readonly letters: Letters;
  readonly openSyncs: () => Promise<SyncPlace>;
  /** By default those of the stage file. */
  readonly syncs?: Syncs;
  readonly sinceMs: number;
  /** 0 takes a free one. */
  readonly port: number;
  /** Ends the reading of the journal. */
  readonly signal: AbortSignal;
}

/** @throws CliError when another program has the port */
export async function startConsole(settings: ConsoleSettings) {
  const token = randomBytes(32).toString('base64url');
  const source = createStageSource(settings);
  const onError = (error: unknown): void => note(explainError(error));
  const answer = createConsole({ source, buildPage, token, onError });
  const server = createServer(
    guarded(
      (request, response) => {
        const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
        if (isConsolePath(request.method, path)) answer(request, response).catch(() => response.destroy());
        else writeProblem(response, new ConsoleProblem(404, 'The console has no such page.'));
      },
      (response, { code }) => writeProblem(response, new ConsoleProblem(403, refusals[code])),
      { pages: ['/'] },
    ),
  );
  const url = await listenOnLoopback(server, settings.port).catch((error: unknown) => {
    if (error instanceof PortTakenError)
      throw usageError(`Port ${error.port} is taken by another program: give another one with --port.`);
    throw error;
  });
  return { url: `${url}/#${token}`, stop: () => closeServer(server) };
}

const refusals: Readonly<Record<Refusal['code'], string>> = {
  foreign_host: 'The console answers to the hosts 127.0.0.1, localhost and [::1] only.',
  foreign_origin: 'A web page of another origin cannot use the console.',
};
