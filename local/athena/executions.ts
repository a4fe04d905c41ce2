/** The executions of queries: their states, and how one comes from the other. Knows no protocol. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AthenaError,
  type Query,
  type QueryEngine,
  QueryError,
  type QueryResult,
} from './query-engine.ts';
import { type ScriptList, scriptedResult } from './script.ts';

export type State = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

export interface Execution {
  readonly id: string;
  readonly query: Query;
  readonly workgroup: string;
  /** The folder with a slash at its end. */
  readonly outputFolder: string;
  readonly submittedAt: number;
  state: State;
  startedAt?: number;
  completedAt?: number;
  reason?: string;
  error?: AthenaError;
  result?: QueryResult;
  /** The index of the row with which a page starts, by token. */
  readonly tokens: Map<string, number>;
  readonly abort: AbortController;
}

export interface ExecutionsSettings {
  readonly scripts: ScriptList;
  /** How long a query waits in state QUEUED. */
  readonly queueMs: number;
  engine(): Promise<QueryEngine>;
  /** Called with each execution that fails. */
  readonly onFailed?: ((execution: Execution) => void) | undefined;
}

export interface Executions {
  start(given: Pick<Execution, 'query' | 'workgroup' | 'outputFolder'>): Execution;
  find(id: string): Execution | undefined;
  list(): readonly Execution[];
  /** A finished query stays as it is. */
  cancel(execution: Execution): void;
  /** Forgets all results. */
  close(): Promise<void>;
}

/** More than the runs of a day on one machine; large results are files. */
const maxExecutions = 200;

export function createExecutions(settings: ExecutionsSettings): Executions {
  const executions = new Map<string, Execution>();
  const forget = ({ id, result }: Execution): void => {
    executions.delete(id);
    // A file that cannot be removed stays in the folder of temporary files.
    result?.rows.drop().catch(() => undefined);
  };
  return {
    start: (given) => {
      const execution = newExecution(given);
      executions.set(execution.id, execution);
      for (const oldest of [...executions.values()].slice(0, -maxExecutions)) forget(oldest);
      // A cancelled query has ended before: nothing can fail here that `run` does not catch.
      run(execution, settings).catch(() => undefined);
      return execution;
    },
    find: (id) => executions.get(id),
    list: () => [...executions.values()],
    cancel: (execution) => {
      if (!isOpen(execution)) return;
      finish(execution, 'CANCELLED', { reason: 'Query cancelled by user' });
      execution.abort.abort();
    },
    close: async () => {
      await Promise.all([...executions.values()].map(({ result }) => result?.rows.drop()));
      executions.clear();
    },
  };
}

const isOpen = ({ state }: Execution): boolean => state === 'QUEUED' || state === 'RUNNING';

function newExecution(given: Pick<Execution, 'query' | 'workgroup' | 'outputFolder'>): Execution {
  const now = Date.now();
  const id = randomUUID();
  return { ...given, id, submittedAt: now, state: 'QUEUED', tokens: new Map(), abort: new AbortController() };
}

async function run(execution: Execution, settings: ExecutionsSettings): Promise<void> {
  const { scripts, queueMs, engine, onFailed } = settings;
  const { query, abort } = execution;
  const { signal } = abort;
  const script = scripts.take(query.sql);
  try {
    await wait(queueMs, undefined, { signal });
    execution.state = 'RUNNING';
    execution.startedAt = Date.now();
    if (script?.delayMs) await wait(script.delayMs, undefined, { signal });
    const result = scriptedResult(script, query.sql) ?? (await (await engine()).run(query, signal));
    if (isOpen(execution)) finish(execution, 'SUCCEEDED', { result });
    else await result.rows.drop();
  } catch (error) {
    if (!isOpen(execution)) return;
    finish(execution, 'FAILED', failureOf(error));
    onFailed?.(execution);
  }
}

function finish(execution: Execution, state: State, outcome: Partial<Execution>): void {
  Object.assign(execution, outcome, { state, completedAt: Date.now() });
}

const failureOf = (error: unknown): Partial<Execution> =>
  error instanceof QueryError
    ? { reason: error.message, error: error.athenaError }
    : {
        reason: 'GENERIC_INTERNAL_ERROR: Internal error',
        error: { category: 1, type: 200, retryable: true },
      };
