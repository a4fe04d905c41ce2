/** What the table says of a sync between two invocations: one JSON text in the item `state`. */
import * as z from 'zod/mini';
import { parseJson } from '../../schema/parse-json.ts';

const problem = () =>
  z.object({
    field: z.string(),
    code: z.string(),
    message: z.string(),
    count: z.number(),
    /** The first row that has it. */
    row: z.number(),
  });
export type Problem = z.infer<ReturnType<typeof problem>>;

/** A run, from its first invocation to its end; also an item of the history. Times are ISO 8601 in UTC. */
const runSchema = () =>
  z.object({
    id: z.string(),
    trigger: z.string(),
    status: z.enum(['running', 'succeeded', 'failed']),
    started_at: z.string(),
    ended_at: z.optional(z.string()),
    duration_ms: z.optional(z.number()),
    /** How often Lambda ran for it: more than 1 after a hand-over or a kill. */
    invocations: z.number(),
    rows: z.number(),
    sent: z.number(),
    /** Events that were sent without a value that could not be used. */
    omitted: z.number(),
    rejected: z.number(),
    /** Left out by the mapping. */
    filtered: z.number(),
    already_sent: z.number(),
    already_added: z.number(),
    /** Rows that the cursor does not pass. */
    cursor_blocked: z.number(),
    bytes_scanned: z.number(),
    problems: z.array(problem()),
    omissions: z.array(problem()),
    /** Names of columns that came or went since the run before. */
    columns_added: z.optional(z.array(z.string())),
    columns_removed: z.optional(z.array(z.string())),
    error: z.optional(z.object({ code: z.string(), message: z.string() })),
  });
export type Run = z.infer<ReturnType<typeof runSchema>>;

export const healths = ['ok', 'failed', 'blocked', 'rejecting', 'empty'] as const;
export type Health = (typeof healths)[number];

const column = () => z.object({ name: z.string(), type: z.string() });

const recordSchema = () =>
  z.object({
    /** The run that has not ended; the query whose result it reads, a digest of its SQL, and how many rows of it are settled. */
    run: z.optional(runSchema()),
    query: z.optional(z.object({ id: z.string(), sql: z.string(), settled_rows: z.number() })),
    /** Invocations in a row that settled nothing. */
    stalled: z._default(z.number(), 0),
    /** Up to where everything is settled. */
    position: z.optional(
      z.object({
        column: z.string(),
        type: z.string(),
        value: z.optional(z.string()),
        /** The items `settled#<generation>#…` hold the digests of what is settled at and after the value. */
        generation: z.string(),
      }),
    ),
    columns: z.optional(z.array(column())),
    /** Of the members of an audience; another audience gets another salt. */
    members: z.optional(z.object({ audience: z.string(), salt: z.string() })),
    health: z._default(z.enum(healths), 'ok'),
    empty_runs: z._default(z.number(), 0),
    last_run: z.optional(runSchema()),
  });
export type SyncRecord = z.infer<ReturnType<typeof recordSchema>>;

/** @throws Error for a text that no release of the gateway wrote: to start anew would send rows again */
export function parseRecord(text: string | undefined): SyncRecord {
  const decoded = recordSchema().safeParse(text === undefined ? {} : parseJson(text));
  if (decoded.success) return decoded.data;
  throw new Error(`the state of the sync cannot be read: ${decoded.error.issues[0]?.path.join('.')}`);
}

/** @returns undefined for a text that is no run */
export function parseRun(text: string): Run | undefined {
  const decoded = runSchema().safeParse(parseJson(text));
  return decoded.success ? decoded.data : undefined;
}

const noCounts = () => ({
  rows: 0,
  sent: 0,
  omitted: 0,
  rejected: 0,
  filtered: 0,
  already_sent: 0,
  already_added: 0,
  cursor_blocked: 0,
  problems: [],
  omissions: [],
});

export const newRun = (id: string, trigger: string, nowMs: number): Run => ({
  id,
  trigger,
  status: 'running',
  started_at: new Date(nowMs).toISOString(),
  invocations: 0,
  bytes_scanned: 0,
  ...noCounts(),
});

/** For a run that reads its query from the start once more. */
export function countAgain(run: Run): void {
  Object.assign(run, noCounts());
}
