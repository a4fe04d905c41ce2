/**
 * The journal of a stage, wherever it is: CloudWatch Logs of a deployed stage, read with the operator's own rights, or the
 * memory of the gateway on this machine. Both give the same lines, because one parser reads them.
 */
import type { CoverageCount, JournalLine, OperatorLine } from '../../lib/journal/line.ts';

/** Unix milliseconds. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface LinesQuery extends Window {
  /** Only lines that contain one of these texts: fingerprints, trace ids. All lines without it. */
  readonly containing?: readonly string[];
  /** Only these texts of `message`; all lines of the journal without it. */
  readonly messages?: readonly string[];
}

/** The sum of the coverage lines of one UTC day, source, event name and destination. */
export interface CoverageSum {
  /** `2026-11-26`. */
  readonly day: string;
  readonly source: string;
  readonly name: string;
  readonly destination: string;
  readonly counts: Readonly<Partial<Record<CoverageCount, number>>>;
}

/** The sum of the other lines of one UTC day. */
export interface FlowSum {
  readonly day: string;
  /** With every message of other producers: SQS took it, and one that the consumer rejects becomes a dead letter. */
  readonly accepted: number;
  /** By the API. */
  readonly rejected: number;
  readonly skipped: number;
  readonly parked: number;
  readonly replayed: number;
  readonly discarded: number;
}

export interface Journal {
  /** Oldest first. A deployed stage is asked in parts, so that no limit of CloudWatch cuts the answer. */
  lines(query: LinesQuery, signal: AbortSignal): AsyncIterable<JournalLine>;
  /** Lines as they appear, until the signal. */
  follow(fromMs: number, signal: AbortSignal): AsyncIterable<JournalLine>;
  coverage(window: Window, signal: AbortSignal): Promise<readonly CoverageSum[]>;
  flow(window: Window, signal: AbortSignal): Promise<readonly FlowSum[]>;
  /** Writes what the operator did. */
  write(lines: readonly OperatorLine[]): Promise<void>;
}
