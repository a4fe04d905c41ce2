/**
 * Answers what a browser asks the console: the page, its files and the JSON API of `api.ts`. The server around it
 * refuses foreign hosts and origins first (`local/loopback-guard.ts`).
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CliError } from '../../cli/errors/cli-error.ts';
import { sha256 } from '../../lib/privacy/sha256.ts';
import { apiPath, isPage } from './paths.ts';
import { readJson } from './read-json.ts';
import { findRoute } from './routes.ts';
import { createPageServer, isAsset, type PageFiles } from './serve-page.ts';
import type { ConsoleSource } from './source.ts';
import { createView } from './view/view.ts';
import { ConsoleProblem, writeJson, writeProblem } from './write-answer.ts';

export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ConsoleOptions {
  readonly source: ConsoleSource;
  readonly buildPage: () => Promise<PageFiles>;
  /** Every request to the API needs it; without one, a `POST` needs any value. */
  readonly token?: string;
  /** Called with each error that is not the fault of a request. */
  readonly onError?: (error: unknown) => void;
}

/** @returns a listener for the requests of `isConsolePath` */
export function createConsole(options: ConsoleOptions): Listener {
  const { source, buildPage, token, onError = () => undefined } = options;
  const page = createPageServer(buildPage);
  const context = { source, view: createView(source) };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const [path = '/', query = ''] = url.split('?', 2);
    if (isPage(method, path)) return page.servePage(response);
    if (method === 'GET' && isAsset(path)) return page.serveAsset(path, response);
    checkToken(request, token);
    const { run, id } = findRoute(method, path.slice(apiPath.length));
    const body = method === 'POST' && id === undefined ? await readJson(request) : undefined;
    writeJson(
      response,
      200,
      await run({ ...context, query: new URLSearchParams(query), id: id ?? '', body }),
    );
  }

  return async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else writeProblem(response, problemOf(error, onError));
    }
  };
}

/** A page of another origin cannot send this header without a preflight, which gets no answer. */
function checkToken({ headers, method }: IncomingMessage, token: string | undefined): void {
  const given = headers['x-console-token'];
  if (token === undefined && (method === 'GET' || given !== undefined)) return;
  if (token !== undefined && typeof given === 'string' && isSame(given, token)) return;
  throw new ConsoleProblem(
    403,
    token === undefined
      ? 'A POST needs the header x-console-token.'
      : 'This page has no access: open the address that the command console printed.',
  );
}

const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)));

function problemOf(error: unknown, onError: (error: unknown) => void): ConsoleProblem {
  if (error instanceof ConsoleProblem) return error;
  // Its message is a sentence for the operator, with the remedy.
  if (error instanceof CliError) return new ConsoleProblem(502, error.message);
  onError(error);
  return new ConsoleProblem(
    500,
    'Something failed on our side: the terminal of the console shows the error.',
  );
}
