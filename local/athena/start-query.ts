/** StartQueryExecution: what Athena checks before a query exists. */
import { AwsError } from '../aws/http-service.ts';
import type { Input } from '../aws/json-service.ts';
import type { Execution, Executions } from './executions.ts';
import { constraint, invalidRequest, refuseConstraints } from './invalid-request.ts';
import type { Query, QueryEngine } from './query-engine.ts';
import { splitStatements } from './statements.ts';

export interface Workgroup {
  /** Where results go when a query names no place. */
  readonly outputLocation?: string | undefined;
  readonly isDisabled?: boolean;
  /** The caller has no right to use it. */
  readonly isForbidden?: boolean;
}

export interface StartParts {
  readonly workgroups: ReadonlyMap<string, Workgroup>;
  readonly executions: Executions;
  readonly started: Map<string, Started>;
  engine(): Promise<QueryEngine>;
}

/** What a ClientRequestToken stands for. */
interface Started {
  readonly id: string;
  /** What must be the same when the token comes again. */
  readonly compared: string;
}

const maxQueryLength = 262_144;
const noLocation =
  'No output location provided. An output location is required either through the Workgroup result ' +
  'configuration setting or as an API input.';
const s3Path = /^s3:\/\/[a-z0-9][a-z0-9.-]+(?:\/.*)?$/;

export async function startQuery(input: Input, parts: StartParts): Promise<{ QueryExecutionId: string }> {
  const token = checkedToken(input.ClientRequestToken);
  const sql = checkedQuery(input.QueryString);
  const context = memberOf(input, 'QueryExecutionContext');
  const given = textOf(memberOf(input, 'ResultConfiguration').OutputLocation);
  const workgroup = textOf(input.WorkGroup) ?? 'primary';
  const outputFolder = outputFolderOf(given, allowedWorkgroup(parts.workgroups, workgroup));
  const query: Query = {
    sql,
    catalog: textOf(context.Catalog) ?? 'AwsDataCatalog',
    database: textOf(context.Database)?.toLowerCase(),
  };
  const compared = JSON.stringify([sql, query.database, given]);
  const known = knownId(parts.started, token, compared);
  if (known !== undefined) return { QueryExecutionId: known };
  const problem = await (await parts.engine()).syntaxProblem(sql);
  if (problem !== undefined) throw invalidRequest(problem, 'MALFORMED_QUERY');
  // Another call with this token may have been faster while the syntax was checked.
  const faster = knownId(parts.started, token, compared);
  if (faster !== undefined) return { QueryExecutionId: faster };
  const { id }: Execution = parts.executions.start({ query, workgroup, outputFolder });
  parts.started.set(token, { id, compared });
  return { QueryExecutionId: id };
}

function knownId(started: StartParts['started'], token: string, compared: string): string | undefined {
  const known = started.get(token);
  if (known === undefined || known.compared === compared) return known?.id;
  throw invalidRequest('Idempotent parameters do not match', 'IDEMPOTENT_PARAMETER_MISMATCH');
}

function checkedToken(token: unknown): string {
  if (typeof token !== 'string') throw invalidRequest('clientRequestToken is null or empty');
  refuseConstraints([
    ...(token.length < 32 ? [constraint('clientRequestToken', 'length greater than or equal to 32')] : []),
    ...(token.length > 128 ? [constraint('clientRequestToken', 'length less than or equal to 128')] : []),
  ]);
  return token;
}

function checkedQuery(sql: unknown): string {
  const text = typeof sql === 'string' ? sql : '';
  refuseConstraints([
    ...(text === '' ? [constraint('queryString', 'length greater than or equal to 1')] : []),
    ...(text.length > maxQueryLength
      ? [constraint('queryString', `length less than or equal to ${maxQueryLength}`)]
      : []),
  ]);
  const statements = splitStatements(text);
  const [first = ''] = statements;
  if (statements.length > 1) throw invalidRequest(`Only one sql statement is allowed. Got: ${text}`);
  if (!/^(?:select|with|values|\()/i.test(first))
    throw invalidRequest('Queries of this type are not supported', 'MALFORMED_QUERY');
  return first;
}

function allowedWorkgroup(workgroups: StartParts['workgroups'], name: string): Workgroup {
  const workgroup = workgroups.get(name);
  if (workgroup === undefined) throw invalidRequest('WorkGroup is not found.');
  if (workgroup.isForbidden)
    throw new AwsError(
      'AccessDeniedException',
      'You are not authorized to perform: athena:StartQueryExecution on the resource. After your AWS ' +
        'administrator or you have updated your permissions, please try again.',
    );
  if (workgroup.isDisabled) throw invalidRequest(`WorkGroup ${name} is disabled`);
  return workgroup;
}

function outputFolderOf(given: string | undefined, { outputLocation }: Workgroup): string {
  const location = given ?? outputLocation;
  if (location === undefined) throw invalidRequest(noLocation);
  if (!s3Path.test(location)) throw invalidRequest('outputLocation is not a valid S3 path.');
  return location.endsWith('/') ? location : `${location}/`;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const memberOf = (input: Input, name: string): Input => {
  const value = input[name];
  return typeof value === 'object' && value !== null ? (value as Input) : {};
};
