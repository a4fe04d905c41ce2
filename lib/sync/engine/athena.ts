/** The one file that calls Athena: starts queries and reads their results, in bounded time. */
import {
  AthenaClient,
  type AthenaClientConfig,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  InvalidRequestException,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { takeRawAnswer } from './raw-answer.ts';

export interface QueryRequest {
  readonly sql: string;
  readonly catalog: string;
  readonly database: string;
  readonly workgroup: string;
  /** Folder of S3 for the result; undefined where the workgroup has one. */
  readonly results: string | undefined;
  /** 32 to 128 characters: the same token starts the same query once. */
  readonly token: string;
}

export interface QueryStatus {
  readonly state: 'waiting' | 'succeeded' | 'failed';
  /** Why it failed, in Athena's words: they can repeat a value of a row. */
  readonly reason: string;
  readonly bytesScanned: number;
}

export interface ResultColumn {
  readonly name: string;
  /** Athena's name of the type, such as `decimal` or `timestamp with time zone`. */
  readonly type: string;
}

export interface ResultPage {
  readonly columns: readonly ResultColumn[];
  /** The text of each cell; undefined for NULL. The first page starts with the names of the columns. */
  readonly rows: readonly (readonly (string | undefined)[])[];
  readonly next: string | undefined;
}

export interface AthenaApi {
  start(request: QueryRequest): Promise<string>;
  status(id: string): Promise<QueryStatus>;
  /** @throws ResultGone when the result or the place in it is not known any more */
  page(id: string, token: string | undefined): Promise<ResultPage>;
}

/** A result, or a place in it, that Athena does not know any more: the query must run again. */
export class ResultGone extends Error {
  override readonly name = 'ResultGone';
}

const connectionTimeoutMs = 3_000;
/** A page of 1,000 rows can be several megabytes. */
const requestTimeoutMs = 30_000;
/** The most that GetQueryResults gives (https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html). */
const rowsPerPage = 1_000;
/** Athena throttles by account: 5 starts and 100 status calls a second. */
const maxAttempts = 6;

/** @param address what it leaves out comes from the AWS settings of the environment */
export function createAthenaApi(address: AthenaClientConfig = {}): AthenaApi {
  const requestHandler = {
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
  };
  const client = new AthenaClient({ ...address, maxAttempts, requestHandler });
  return {
    async start({ sql, catalog, database, workgroup, results, token }) {
      const started = await client.send(
        new StartQueryExecutionCommand({
          QueryString: sql,
          QueryExecutionContext: { Catalog: catalog, Database: database },
          WorkGroup: workgroup,
          ClientRequestToken: token,
          ...(results === undefined ? {} : { ResultConfiguration: { OutputLocation: results } }),
        }),
      );
      return String(started.QueryExecutionId);
    },
    async status(id) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      return statusOf(QueryExecution);
    },
    page: (id, token) => readPage(client, id, token),
  };
}

/* v8 ignore start -- the SDK's types allow what Athena never leaves out */
const statusOf = (execution: QueryExecution | undefined): QueryStatus => ({
  state: stateOf(execution?.Status?.State),
  reason: execution?.Status?.StateChangeReason ?? '',
  bytesScanned: execution?.Statistics?.DataScannedInBytes ?? 0,
});
/* v8 ignore stop */

function stateOf(state: string | undefined): QueryStatus['state'] {
  if (state === 'SUCCEEDED') return 'succeeded';
  return state === 'FAILED' || state === 'CANCELLED' ? 'failed' : 'waiting';
}

/** The part of GetQueryResults that is read (https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html). */
interface RawPage {
  readonly NextToken?: string;
  readonly ResultSet: {
    /** A cell without a value is NULL. */
    readonly Rows: readonly { readonly Data: readonly { readonly VarCharValue?: string }[] }[];
    readonly ResultSetMetadata: {
      readonly ColumnInfo: readonly { readonly Name: string; readonly Type: string }[];
    };
  };
}

async function readPage(client: AthenaClient, id: string, token: string | undefined): Promise<ResultPage> {
  const command = new GetQueryResultsCommand({
    QueryExecutionId: id,
    NextToken: token,
    MaxResults: rowsPerPage,
  });
  const raw = takeRawAnswer(command.middlewareStack);
  try {
    await client.send(command);
    const { ResultSet, NextToken } = JSON.parse(await raw()) as RawPage;
    const columns = ResultSet.ResultSetMetadata.ColumnInfo.map(({ Name, Type }) => ({
      name: Name,
      type: Type,
    }));
    const rows = ResultSet.Rows.map(({ Data }) => Data.map(({ VarCharValue }) => VarCharValue));
    return { columns, rows, next: NextToken };
  } catch (error) {
    if (error instanceof InvalidRequestException)
      throw new ResultGone('the result is gone', { cause: error });
    throw error;
  }
}
