/**
 * The lines of the journal: the log lines from which you can reconstruct what happened to an event. `lib/ingest`,
 * `lib/webhooks`, `lib/delivery` and the command line write them; `parse-line.ts` is the only reader.
 *
 * As JSON, each line is flat. Lists are texts with a space between the entries (`event`, `order`, `trace`, `wait_s`,
 * `receives`), and `-` is a missing entry. `event_name`, `warnings` and `errors` give labels to positions
 * of `event` (`positions.ts`).
 */
import type { MatchKey } from '../events/match-keys.ts';

interface Line {
  /** When it was logged, in Unix milliseconds. */
  readonly atMs: number;
  /** The trace ids of its requests or messages, each once. */
  readonly traces: readonly string[];
}

/** An event in a line that says how it arrived. */
export interface ReceivedEvent {
  /** The first 16 hex digits of the SHA-256 of its id; undefined when it had none that could be read. */
  readonly event: string | undefined;
  /** The same of its order's id and, where a platform has one, of the order's number. */
  readonly orders: readonly string[];
  /** As it is sent when TikTok or the stage file knows the name, `custom` for any other; undefined when it had none. */
  readonly name: string | undefined;
  /** `field:code` of what was omitted and of what TikTok may complain about. */
  readonly warnings: readonly string[];
  /** `field:code` of why it was rejected, or `:queue_unavailable`; empty when it was accepted. */
  readonly errors: readonly string[];
}

/** `events received`, `webhook received` or `events collected`: one request, a batch of a sync, or the messages of other producers. */
export interface ReceivedLine extends Line {
  readonly kind: 'received';
  /** `api`, `queue` (messages of other producers, in the consumer), `collect`, or the name of a webhook source or of a sync. */
  readonly source: string;
  readonly via: 'api' | 'webhook' | 'collect' | 'queue' | 'sync';
  /** HTTP status of the answer; undefined without a request. */
  readonly status: number | undefined;
  readonly accepted: number;
  /** Rejected (API) or skipped (webhook, collector) events. */
  readonly rejected: number;
  readonly notQueued: number;
  readonly events: readonly ReceivedEvent[];
  /** Why the whole request or the webhook came to nothing, such as `invalid_json`, `test_order`, `invalid_signature`. */
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  readonly topic: string | undefined;
  readonly channel: string | undefined;
  /** The orders of a webhook that became no event. */
  readonly orders: readonly string[];
  readonly isDryRun: boolean;
  readonly apiKey: string | undefined;
}

/** `tiktok answered`: one call. */
export interface AnsweredLine extends Line {
  readonly kind: 'answered';
  readonly destination: string;
  readonly events: readonly string[];
  readonly verdict: 'delivered' | 'retry' | 'hold' | 'reject';
  /** `tiktok_40002`, `http_503`, `timeout`, … */
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  /** TikTok accepted only part of the call (code 20001). */
  readonly isPartial: boolean;
  /** The position in `events` that TikTok's message named, from 0. */
  readonly position: number | undefined;
  readonly requestId: string | undefined;
  readonly durationMs: number;
}

/** `message waits`: messages of one destination that wait for one reason. */
export interface WaitsLine extends Line {
  readonly kind: 'waits';
  readonly destination: string | undefined;
  readonly events: readonly {
    readonly event: string | undefined;
    /** When SQS hands it out again, in Unix milliseconds. */
    readonly nextAttemptMs: number;
    /** How often it has been tried. */
    readonly receives: number;
  }[];
  readonly outcome: 'retry' | 'hold';
  readonly reason: string;
  readonly detail: string | undefined;
}

/** `message parked`: one dead letter. */
export interface ParkedLine extends Line {
  readonly kind: 'parked';
  readonly event: string | undefined;
  readonly orders: readonly string[];
  readonly name: string | undefined;
  readonly source: string | undefined;
  readonly destination: string | undefined;
  readonly reason: string;
  readonly detail: string | undefined;
  /** `unknown`: TikTok may have accepted it. */
  readonly outcome: 'refused' | 'unknown';
  readonly receives: number;
  readonly messageId: string;
  readonly requestId: string | undefined;
}

/** `message replayed` or `message discarded`: an operator finished a dead letter. */
export interface OperatorLine extends Line {
  readonly kind: 'replayed' | 'discarded';
  readonly event: string | undefined;
  readonly destination: string | undefined;
  /** Why it was parked. */
  readonly reason: string;
  readonly messageId: string;
}

/** What `coverage` lines count: events, and how many of them have something. */
export type CoverageCount =
  | 'events'
  | MatchKey
  | 'value'
  | 'content_ids'
  /** The sender gave the event id, so that it can equal the pixel's. */
  | 'own_id'
  /** Delivered within TikTok's 5 minutes of merging with the pixel's copy. */
  | 'in_time'
  /** Sent with a `test_event_code`: TikTok accepts such an event, and does not count it. */
  | 'test';

/** `coverage`: delivered events of one batch with the same source, name and destination. */
export interface CoverageLine extends Line {
  readonly kind: 'coverage';
  readonly source: string;
  readonly name: string;
  readonly destination: string;
  readonly counts: Readonly<Partial<Record<CoverageCount, number>>>;
}

export type JournalLine = ReceivedLine | AnsweredLine | WaitsLine | ParkedLine | OperatorLine | CoverageLine;
