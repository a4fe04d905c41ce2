/** The pages of a result as GetQueryResults answers them. */
import { randomBytes } from 'node:crypto';
import type { Input } from '../aws/json-service.ts';
import type { Execution } from './executions.ts';
import { constraint, invalidRequest, refuseConstraints } from './invalid-request.ts';
import type { AthenaRow } from './kept-rows.ts';
import type { AthenaColumn, QueryResult } from './query-engine.ts';

/** Counts the row with the names of the columns. */
const maxRows = 1_000;
/** Athena's tokens have 100 characters. */
const tokenBytes = 75;
/** What Athena gives for types without parameters. */
const precisions: Readonly<Record<string, number>> = {
  varchar: 2_147_483_647,
  varbinary: 1_073_741_824,
  tinyint: 3,
  smallint: 5,
  integer: 10,
  bigint: 19,
  float: 17,
  double: 17,
  timestamp: 3,
  'timestamp with time zone': 3,
};

/** The model of the API comes first, and the state of the query before the form of the token. */
export async function readPage(execution: Execution | undefined, input: Input): Promise<object> {
  const { QueryExecutionId: id, NextToken: token, MaxResults: size = maxRows } = input;
  refuseConstraints([
    ...(token === '' ? [constraint('nextToken', 'length greater than or equal to 1')] : []),
    ...(Number(size) < 1 ? [constraint('maxResults', 'value greater than or equal to 1')] : []),
  ]);
  if (execution === undefined) throw unknownExecution(id);
  if (!Number.isInteger(size) || Number(size) > maxRows)
    throw invalidRequest(`MaxResults is more than maximum allowed length ${maxRows}`);
  const result = resultOf(execution);
  const start = token === undefined || token === null ? 0 : execution.tokens.get(String(token));
  if (start === undefined) throw invalidRequest(`Malformed nextPageToken ${token}`);
  const rows = await pageOf(result, start, Number(size));
  return {
    UpdateCount: 0,
    ResultSet: { Rows: rows.map(rowOf), ResultSetMetadata: { ColumnInfo: result.columns.map(columnInfo) } },
    // A page that is full has a token even when it is the last: the next page is empty then.
    ...(rows.length === size ? { NextToken: newToken(execution, start + rows.length) } : {}),
  };
}

export const unknownExecution = (id: unknown) =>
  invalidRequest(`QueryExecution ${id} was not found`, 'QUERY_EXECUTION_NOT_FOUND');

function resultOf({ state, result }: Execution): QueryResult {
  if (state === 'SUCCEEDED' && result) return result;
  if (state === 'CANCELLED') throw invalidRequest('Could not find results', 'RESULT_NOT_FOUND');
  const message =
    state === 'FAILED'
      ? 'Query did not finish successfully. Final query state: FAILED'
      : `Query has not yet finished. Current state: ${state}`;
  throw invalidRequest(message, 'INVALID_QUERY_EXECUTION_STATE');
}

/** The names of the columns are the first row of a SELECT's result. */
async function pageOf(
  { columns, rows }: QueryResult,
  start: number,
  size: number,
): Promise<readonly AthenaRow[]> {
  if (start > 0) return rows.read(start - 1, size);
  return [columns.map(({ name }) => name), ...(size > 1 ? await rows.read(0, size - 1) : [])];
}

function newToken({ tokens }: Execution, start: number): string {
  const token = randomBytes(tokenBytes).toString('base64');
  tokens.set(token, start);
  return token;
}

const rowOf = (row: AthenaRow): object => ({
  Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
});

const columnInfo = ({ name, type, precision, scale }: AthenaColumn): object => ({
  CatalogName: 'hive',
  SchemaName: '',
  TableName: '',
  Name: name,
  Label: name,
  Type: type,
  Precision: precision ?? precisions[type] ?? 0,
  Scale: scale ?? 0,
  Nullable: 'UNKNOWN',
  CaseSensitive: type === 'varchar' || type === 'char',
});
