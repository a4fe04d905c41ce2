/** The routes of scheduled syncs. A stage without syncs has none of them. */
import * as z from 'zod/mini';
import type { ConsoleSource, SyncActions } from './source.ts';
import { ConsoleProblem } from './write-answer.ts';

interface SyncCall {
  readonly source: ConsoleSource;
  readonly query: URLSearchParams;
  readonly id: string;
  readonly body: unknown;
}

export const syncRoutes = {
  'GET syncs': ({ source }: SyncCall) => syncsOf(source).list(),
  'GET syncs/*': ({ source, id }: SyncCall) => found(syncsOf(source).show(id)),
  'GET rejected-rows/*': ({ source, id, query }: SyncCall) =>
    found(syncsOf(source).rejected(id, query.get('run') ?? '')),
  'POST syncs/run': ({ source, body }: SyncCall) => found(syncsOf(source).run(syncIn(body))),
  'POST syncs/pause': ({ source, body }: SyncCall) => found(syncsOf(source).pause(syncIn(body))),
  'POST syncs/resume': ({ source, body }: SyncCall) => found(syncsOf(source).resume(syncIn(body))),
} as const;

const bodySchema = z.object({ sync: z.string().check(z.maxLength(200)) });

function syncIn(body: unknown): string {
  const read = bodySchema.safeParse(body);
  if (read.success) return read.data.sync;
  throw new ConsoleProblem(400, 'The body must be {"sync": "<name>"}.');
}

function syncsOf({ syncs }: ConsoleSource): SyncActions {
  if (syncs?.any() === true) return syncs;
  throw new ConsoleProblem(404, 'This stage has no syncs.');
}

async function found<T extends object>(answer: Promise<T | undefined>): Promise<T> {
  const known = await answer;
  if (known !== undefined) return known;
  throw new ConsoleProblem(404, 'The stage has no sync of this name.');
}
