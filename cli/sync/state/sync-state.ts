/**
 * Where the next sync continues. The state contains the greatest cursor value up to which everything is settled, and
 * digests of the settled events of that value: the next run starts with this value and leaves those out. So rows that share
 * it are neither lost nor sent twice, whenever a run ended.
 */
import * as z from 'zod/mini';
import { parseJson } from '../../../lib/schema/parse-json.ts';
import { usageError } from '../../errors/cli-error.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const stateSchema = z.object({
  version: z.literal(1),
  /** Which stage or URL the events went to, and which column is the cursor: another pair needs another file. */
  target: z.string(),
  column: z.string(),
  /** Text of the cursor. */
  value: z.string(),
  /** Digests of the settled events that have this value. */
  settled: z.array(z.string()),
});

/** An event, or a rejected row, in the order of the cursor. */
export interface Entry {
  readonly cursor: string;
  readonly digest: string;
}

export interface SyncState {
  /** The value to start with; undefined on the first run. */
  readonly from: string | undefined;
  /** True for what an earlier run has settled. */
  isSettled(entry: Entry): boolean;
  /** Everything up to these entries is settled, in order. Written now and then, and on `flush`. */
  advance(entries: readonly Entry[]): void;
  flush(): void;
}

export interface StateOptions {
  readonly file: string;
  readonly target: string;
  readonly column: string;
}

const leastPauseMs = 500;
/** Many rows can share a value, such as a day: writing them takes at most a small part of the time. */
const pausePerWrite = 20;

export function openSyncState({ file, target, column }: StateOptions): SyncState {
  const earlier = readState(file, target, column);
  let value = earlier?.value;
  let settled = new Set(earlier?.settled);
  const skip = { value: earlier?.value, settled: new Set(earlier?.settled) };
  let isDirty = false;
  let dueAt = 0;

  function flush(): void {
    if (!isDirty || value === undefined) return;
    const startedAt = performance.now();
    const state = { version: 1, target, column, value, settled: [...settled] };
    writePrivateFile(file, `${JSON.stringify(state)}\n`);
    isDirty = false;
    const endedAt = performance.now();
    dueAt = endedAt + Math.max(leastPauseMs, (endedAt - startedAt) * pausePerWrite);
  }

  return {
    from: earlier?.value,
    isSettled: ({ cursor, digest }) => cursor === skip.value && skip.settled.has(digest),
    advance: (entries) => {
      for (const { cursor, digest } of entries) {
        if (cursor !== value) settled = new Set();
        value = cursor;
        settled.add(digest);
        isDirty = true;
      }
      if (performance.now() >= dueAt) flush();
    },
    flush,
  };
}

function readState(file: string, target: string, column: string): z.infer<typeof stateSchema> | undefined {
  const text = readPrivateFile(file);
  if (text === undefined || text.trim() === '') return undefined;
  const state = stateSchema.safeParse(parseJson(text));
  if (!state.success)
    throw usageError('The file of --state is not the state of a sync: name another, or remove it.');
  if (state.data.target !== target || state.data.column !== column)
    throw usageError(
      'The file of --state belongs to a sync to another stage, or with another cursor column: name another.',
    );
  return state.data;
}
