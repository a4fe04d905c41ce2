/** What Athena's protocol needs of the engine behind it. */

import type { KeptRows } from './kept-rows.ts';

export interface AthenaColumn {
  readonly name: string;
  /** As in `ColumnInfo`, without parameters: `varchar`, `decimal`, `timestamp with time zone`, `array`. */
  readonly type: string;
  readonly precision?: number;
  readonly scale?: number;
}

export interface QueryResult {
  readonly columns: readonly AthenaColumn[];
  readonly rows: KeptRows;
  readonly bytesScanned: number;
}

export interface Query {
  readonly sql: string;
  readonly catalog: string;
  /** Without it, names of tables need one. */
  readonly database?: string | undefined;
}

/** A query that fails. The state change reason is `TABLE_NOT_FOUND: line 1:15: …`. */
export class QueryError extends Error {
  override name = 'QueryError';
  readonly athenaError: AthenaError;
  constructor(reason: string, athenaError: AthenaError) {
    super(reason);
    this.athenaError = athenaError;
  }
}

export interface AthenaError {
  /** 1 is the system, 2 the user, 3 something else. */
  readonly category: 1 | 2 | 3;
  /** https://docs.aws.amazon.com/athena/latest/ug/error-reference.html */
  readonly type: number;
  readonly retryable: boolean;
}

export interface QueryEngine {
  /** @returns what is wrong with the syntax, such as `line 1:8: mismatched input 'form'` */
  syntaxProblem(sql: string): Promise<string | undefined>;
  /** @throws QueryError */
  run(query: Query, signal: AbortSignal): Promise<QueryResult>;
  close(): void;
}
