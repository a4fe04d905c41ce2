/**
 * What the console's page asks its server, and the answers: JSON over HTTP on 127.0.0.1. Times are Unix milliseconds; the
 * page shows them in the zone of the person who looks. Server (`console/server`) and page (`console/page`) share this file.
 *
 * `GET  /_console/state`                     → `ConsoleState`
 * `GET  /_console/rows?before=<cursor>&source=&name=&outcome=&find=<fingerprint>` → `RowsAnswer`
 * `GET  /_console/changes?after=<cursor>`    → `ChangesAnswer`, at once; the page polls
 * `GET  /_console/stories/<row id>`          → `StoryAnswer`
 * `GET  /_console/quality`                   → `QualityAnswer`
 * `GET  /_console/dead-letters`              → `DeadLettersAnswer`
 * `POST /_console/dead-letters/replay|discard` `{"ids":[…]}` → `ActionAnswer`
 * Local stage only: `GET /_console/samples` → `SamplesAnswer`, `POST /_console/samples/<id>` → `SampleResult`,
 * `POST /_console/resend/<row id>` → `SampleResult`, and the sandbox's own `/_sandbox/faults`.
 * Errors are problem+json with `detail`. Every request to `/_console/` sends the header `x-console-token`: the fragment of
 * the address that opened the page (`#<token>`), kept in `sessionStorage`, or `local` when there was none. A wrong one gets
 * 403, and the page asks you to open the address that the command printed. The local stage takes any value, and needs one
 * for `POST` only.
 * The page itself is `GET /` and needs no token; its files are `/_console/assets/<name>`.
 */
import type { CoverageCount } from '../lib/journal/line.ts';
import type { Outcome } from '../lib/journal/row.ts';

export type { Outcome };

/** One event, or one request that became no event. */
export interface Row {
  /** Stable: the fingerprint of the event, or of its line when it has none. */
  readonly id: string;
  readonly atMs: number;
  /** `Purchase`; undefined for a rejected post that has no event. */
  readonly name?: string;
  /** The event's own name, where `name` is `custom`: on the local stage only. */
  readonly ownName?: string;
  /** The event id: on the local stage only. Elsewhere the page shows the fingerprint. */
  readonly eventId?: string;
  readonly event?: string;
  readonly orders: readonly string[];
  /** `api`, `queue`, `collect`, a webhook source or a sync. */
  readonly source: string;
  readonly topic?: string;
  readonly destination?: string;
  readonly outcome: Outcome;
  /** `tiktok_40105`, `test_order`, `email:invalid_email`; a stable code. */
  readonly reason?: string;
  /** The reason in words, and what to do. */
  readonly text?: string;
  /** From receipt to delivery. */
  readonly tookMs?: number;
  readonly nextAttemptMs?: number;
  readonly attempts: number;
  readonly warnings: readonly string[];
  /** What `dead-letters/replay` and `discard` take for its dead letter; the id in the list of dead letters can be another one. */
  readonly deadLetterId?: string;
}

export interface ConsoleState {
  readonly stage: string;
  readonly isLocal: boolean;
  /** `sandbox`, or TikTok's own address. */
  readonly sendsTo: 'sandbox' | 'tiktok';
  readonly nowMs: number;
  /** The journal is shown from this time on. */
  readonly sinceMs: number;
  readonly totals: Readonly<Record<Outcome, number>>;
  /** Messages that became dead letters so far. One that comes back after a replay counts again. */
  readonly parked: number;
  /** Median time from receipt to delivery. */
  readonly medianMs?: number;
  /** Events that wait for one reason, the largest group first. */
  readonly held: readonly {
    readonly destination: string;
    readonly outcome: 'held' | 'waiting';
    readonly count: number;
    readonly reason: string;
    readonly text: string;
    readonly sinceMs: number;
    readonly nextAttemptMs: number;
    /** A command that can be pasted. */
    readonly remedy?: string;
  }[];
  /** Events per bucket, oldest first. */
  readonly flow: {
    readonly bucketMs: number;
    readonly startMs: number;
    readonly accepted: readonly number[];
    readonly delivered: readonly number[];
    readonly failed: readonly number[];
  };
  /** Values of the filters. */
  readonly sources: readonly string[];
  readonly names: readonly string[];
  /** The stage has scheduled syncs: their routes are in `syncs-api.ts`. */
  readonly hasSyncs: boolean;
  /** Newest change so far, for `changes`. */
  readonly cursor: string;
  /** A part of the view that could not be read, with the remedy: a missing right, a stage without logs. */
  readonly problems: readonly string[];
}

export interface RowsAnswer {
  /** Newest first, at most 10,000. */
  readonly rows: readonly Row[];
  readonly before?: string;
}

export interface ChangesAnswer {
  /** Rows that are new or have changed. */
  readonly rows: readonly Row[];
  readonly cursor: string;
}

export interface StoryStep {
  readonly atMs: number;
  readonly tone: 'neutral' | 'good' | 'warning' | 'bad';
  /** `accepted`, `delivered`, `waits: TikTok answered 40105`, … */
  readonly title: string;
  readonly details: readonly string[];
}

/** Local stage only: how one personal field changes on its way. */
export interface Change {
  readonly field: string;
  readonly raw: string;
  readonly normalized?: string;
  readonly digest?: string;
}

/** Local stage only: an event of the gateway, and the copy of the demo shop's pixel with the same id. */
export interface Copies {
  /** Undefined for an event that the gateway does not send. */
  readonly gateway?: { readonly name: string; readonly atMs: number };
  readonly pixel?: { readonly name: string; readonly atMs: number };
  /** TikTok counts them once. */
  readonly merge: boolean;
  /** Why they merge, or why not. */
  readonly text: string;
}

export interface StoryAnswer {
  readonly row: Row;
  readonly steps: readonly StoryStep[];
  readonly changes: readonly Change[];
  readonly copies?: Copies;
  /** Local stage only: the request as a command that can be pasted. */
  readonly curl?: string;
}

export interface QualityAnswer {
  readonly rows: readonly {
    readonly source: string;
    readonly name: string;
    readonly counts: Readonly<Partial<Record<CoverageCount, number>>>;
    /** Estimate of TikTok's match quality, 0 to 10. */
    readonly score: number;
  }[];
  readonly gains: readonly { readonly text: string; readonly guide: string }[];
}

export interface DeadLettersAnswer {
  readonly letters: readonly {
    readonly id: string;
    readonly event?: string;
    readonly eventId?: string;
    readonly name?: string;
    readonly source?: string;
    readonly destination?: string;
    readonly reason: string;
    readonly text: string;
    readonly detail?: string;
    readonly outcome: 'refused' | 'unknown';
    readonly failedAtMs: number;
    readonly replays: number;
  }[];
  /** More letters than are listed. */
  readonly total: number;
}

export interface ActionAnswer {
  readonly done: number;
  readonly left: readonly { readonly id: string; readonly why: string }[];
  /** What went wrong besides, such as a journal that could not be written. */
  readonly problem?: string;
}

export interface SamplesAnswer {
  readonly samples: readonly {
    readonly id: string;
    readonly label: string;
    readonly group: 'Event' | 'Webhook';
  }[];
}

export interface SampleResult {
  readonly status: number;
  readonly body: string;
  /** The row that it became. */
  readonly rowId?: string;
}
