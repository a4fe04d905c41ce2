/** The handler of `functions/sync.ts`, loaded for the first invocation: most runs of the gateway need none. */
import type { Context } from 'aws-lambda';
import type { Invoke } from '../lambda/invoke-function.ts';

export interface SyncFunction {
  readonly invoke: Invoke<unknown>;
  /** The next invocation reads the settings again; those in progress end with the ones before. */
  reload(): void;
}

/** How often this process has loaded the function. */
let loads = 0;

export function createSyncFunction(): SyncFunction {
  let loading: Promise<Invoke<unknown>> | undefined;
  return {
    invoke: async (event: unknown, context: Context) => {
      loading ??= loadHandler();
      return (await loading)(event, context);
    },
    reload: () => {
      loading = undefined;
    },
  };
}

/** A query makes another module of the same file, which reads its settings from the environment again. */
async function loadHandler(): Promise<Invoke<unknown>> {
  loads += 1;
  const file = new URL(`../../functions/sync.ts?load=${loads}`, import.meta.url);
  const { handler } = (await import(file.href)) as { handler: Invoke<unknown> };
  return handler;
}
