/** What a test wants of queries in place of the engine: a delay, a failure, or a result of its own. */

import type { AthenaRow } from './kept-rows.ts';
import { rowsInMemory } from './kept-rows.ts';
import { type AthenaColumn, type AthenaError, QueryError, type QueryResult } from './query-engine.ts';

export interface Script {
  /** The queries that it is for; without it, all. The query for columns alone ends with `limit 0`. */
  readonly when?: RegExp;
  /** For this many queries; without it, until `heal()`. */
  readonly times?: number;
  /** How long the query is RUNNING. */
  readonly delayMs?: number;
  /** Fails with this state change reason. By default an error of the user that no repetition helps. */
  readonly fail?: { readonly reason: string; readonly error?: AthenaError };
  /** The result; a query that ends with `limit 0` gets the columns only. */
  readonly columns?: readonly AthenaColumn[];
  readonly rows?: readonly AthenaRow[] | ((sql: string) => readonly AthenaRow[]);
  readonly bytesScanned?: number;
}

export interface ScriptList {
  add(script: Script): void;
  clear(): void;
  /** @returns the first script that fits the query, and counts it against its `times` */
  take(sql: string): Script | undefined;
}

export function createScriptList(): ScriptList {
  let waiting: { readonly script: Script; left: number }[] = [];
  return {
    add: (script) => void waiting.push({ script, left: script.times ?? Number.POSITIVE_INFINITY }),
    clear: () => {
      waiting = [];
    },
    take: (sql) => {
      const entry = waiting.find(({ script }) => script.when?.test(sql) ?? true);
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) waiting = waiting.filter((other) => other !== entry);
      return entry.script;
    },
  };
}

const userError: AthenaError = { category: 2, type: 1000, retryable: false };

/**
 * @returns undefined for a script that leaves the query to the engine
 * @throws QueryError as the script wants
 */
export function scriptedResult(script: Script | undefined, sql: string): QueryResult | undefined {
  if (script?.fail) throw new QueryError(script.fail.reason, script.fail.error ?? userError);
  if (script?.columns === undefined) return undefined;
  const { columns, rows = [], bytesScanned = 0 } = script;
  if (/\blimit\s+0\s*$/i.test(sql)) return { columns, rows: rowsInMemory([]), bytesScanned: 0 };
  const given = typeof rows === 'function' ? rows(sql) : rows;
  return { columns, rows: rowsInMemory(given), bytesScanned };
}
