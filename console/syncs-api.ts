/**
 * The part of `api.ts` that is about scheduled syncs, for a stage that has some.
 *
 * `GET  /_console/syncs`                         → `SyncsAnswer`
 * `GET  /_console/syncs/<name>`                  → `SyncAnswer`
 * `GET  /_console/rejected-rows/<name>?run=<id>` → `RejectedRowsAnswer`
 * `POST /_console/syncs/run|pause|resume` `{"sync":"<name>"}` → `SyncAnswer`
 */
import type { SyncState } from '../lib/sync/report/sync-view.ts';

export type { SyncState };

export interface SyncsAnswer {
  readonly syncs: readonly SyncSummary[];
}

export interface SyncSummary {
  readonly name: string;
  /** As in the stage file. */
  readonly schedule: string;
  /** The zone of a cron expression. */
  readonly timezone: string;
  readonly mode: string;
  readonly destination: string;
  readonly state: SyncState;
  readonly pausedAtMs?: number;
  readonly cursor?: { readonly column: string; readonly value?: string };
  /** The run in progress, or else the last one. */
  readonly run?: SyncRun;
}

export interface SyncAnswer {
  readonly sync: SyncSummary;
  /** Newest first, at most 20 that ended, and the one in progress. */
  readonly runs: readonly SyncRun[];
}

export interface SyncRun {
  readonly id: string;
  /** `schedule`, `command` or `handover`. */
  readonly trigger: string;
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly startedAtMs: number;
  readonly tookMs?: number;
  readonly rows: number;
  readonly sent: number;
  /** Events that were sent without a value that could not be used. */
  readonly omitted: number;
  readonly rejected: number;
  /** Left out by the mapping. */
  readonly filtered: number;
  readonly alreadySent: number;
  readonly alreadyAdded: number;
  /** Rows that the cursor does not pass. */
  readonly blocked: number;
  readonly bytesScanned: number;
  readonly problems: readonly RowProblem[];
  readonly omissions: readonly RowProblem[];
  readonly columnsAdded: readonly string[];
  readonly columnsRemoved: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** One kind of problem of rows. */
export interface RowProblem {
  readonly field: string;
  readonly code: string;
  readonly message: string;
  readonly count: number;
  /** The first row that has it. */
  readonly row: number;
}

export interface RejectedRowsAnswer {
  /** In the order of the query, at most 500. */
  readonly rows: readonly {
    readonly row: number;
    readonly key?: string;
    readonly cursor?: string;
    readonly errors: readonly { readonly field: string; readonly code: string }[];
  }[];
}
