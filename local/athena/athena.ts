/** Athena on one machine: its AWS JSON 1.1 protocol over HTTP, with faults and results on demand. */
import { createFaultList, type FaultList, type Faults } from '../aws/faults.ts';
import { AwsError } from '../aws/http-service.ts';
import { type Input, startJsonService } from '../aws/json-service.ts';
import { describeExecution } from './describe-execution.ts';
import { createExecutions, type Execution, type Executions } from './executions.ts';
import type { QueryEngine } from './query-engine.ts';
import { readPage, unknownExecution } from './result-page.ts';
import { createScriptList, type Script } from './script.ts';
import { type StartParts, startQuery, type Workgroup } from './start-query.ts';

export interface AthenaSettings {
  /** `<folder>/<database>/<table>.parquet`, `.csv` and `.ndjson` are the tables. Without it there are none. */
  readonly tablesFolder?: string | undefined;
  /** By default `primary`, which has a place for results. */
  readonly workgroups?: Readonly<Record<string, Workgroup>>;
  readonly queueMs?: number;
  /** Called with each execution that fails. */
  readonly onFailed?: (execution: Execution) => void;
  readonly port?: number;
}

export interface AthenaServer extends Faults {
  readonly url: string;
  /** A test or another stage may change them. */
  readonly workgroups: Map<string, Workgroup>;
  /** Delays, failures and results in place of the engine's; the first that fits a query counts. */
  script(script: Script): void;
  /** The tokens of all pages so far become invalid. */
  expireTokens(): void;
  /** The last calls, oldest first, as `GetQueryResults <execution id>`. */
  readonly calls: readonly string[];
  /** The queries that were started, oldest first. */
  queries(): readonly string[];
  stop(): Promise<void>;
}

interface Parts extends StartParts {
  readonly executions: Executions;
  readonly calls: string[];
}

const defaultWorkgroups = { primary: { outputLocation: 's3://local-athena-results/' } };
const defaultQueueMs = 5;
const maxCalls = 10_000;

/** DuckDB is loaded for the first query. */
export async function startAthena(settings: AthenaSettings = {}): Promise<AthenaServer> {
  const {
    tablesFolder,
    workgroups: given = defaultWorkgroups,
    queueMs = defaultQueueMs,
    onFailed,
  } = settings;
  let loading: Promise<QueryEngine> | undefined;
  const engine = () => {
    loading ??= import('./engine/duckdb-engine.ts').then(({ openEngine }) => openEngine(tablesFolder));
    return loading;
  };
  const faults = createFaultList();
  const scripts = createScriptList();
  const workgroups = new Map<string, Workgroup>(Object.entries(given));
  const executions = createExecutions({ scripts, queueMs, engine, onFailed });
  const calls: string[] = [];
  const parts: Parts = { workgroups, executions, started: new Map(), engine, calls };
  const service = await startService(parts, faults, settings.port);
  return {
    url: service.url,
    workgroups,
    fail: faults.fail,
    heal: () => {
      faults.heal();
      scripts.clear();
    },
    script: scripts.add,
    expireTokens: () => {
      for (const { tokens } of executions.list()) tokens.clear();
    },
    calls,
    queries: () => executions.list().map(({ query }) => query.sql),
    stop: async () => {
      await service.stop();
      for (const execution of executions.list()) executions.cancel(execution);
      await executions.close();
      (await loading?.catch(() => undefined))?.close();
    },
  };
}

const startService = (parts: Parts, faults: FaultList, port: number | undefined) =>
  startJsonService(
    { target: 'AmazonAthena', faults, answer: (operation, input) => operate(operation, input, parts) },
    port,
  );

async function operate(operation: string, input: Input, parts: Parts): Promise<object> {
  parts.calls.push(`${operation} ${input.QueryExecutionId ?? ''}`.trim());
  if (parts.calls.length > maxCalls) parts.calls.shift();
  const found = parts.executions.find(String(input.QueryExecutionId));
  switch (operation) {
    case 'StartQueryExecution':
      return startQuery(input, parts);
    case 'GetQueryExecution':
      return { QueryExecution: describeExecution(known(found, input)) };
    case 'GetQueryResults':
      return readPage(found, input);
    case 'StopQueryExecution':
      parts.executions.cancel(known(found, input));
      return {};
    default:
      throw new AwsError('UnknownOperationException', `No operation ${operation}.`);
  }
}

function known(found: Execution | undefined, { QueryExecutionId: id }: Input): Execution {
  if (found === undefined) throw unknownExecution(id);
  return found;
}
