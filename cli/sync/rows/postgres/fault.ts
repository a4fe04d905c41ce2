/**
 * PostgreSQL's errors as sentences. Its own messages repeat cells ("invalid input syntax for type integer: …") and its
 * details whole rows, so none is shown: only the code, the place in the query, and names that the query itself has.
 */
import pg from 'pg';
import { asTable } from '../../../../lib/sync/engine/sql.ts';
import { CliError, unavailable, usageError } from '../../../errors/cli-error.ts';
import { codeOf } from '../../../errors/explain-error.ts';
import { nameOf } from '../../report/presentable-name.ts';

/** Five characters: an error of the query or the server, as PostgreSQL reports it. */
const sqlState = /^[0-9A-Z]{5}$/;
/** Not the query's fault: connection, login, resources, shutdown. */
const ofTheServer = /^(08|28|53|57)/;

export interface FailedSql {
  /** The user's own query. */
  readonly query: string;
  /** What was run, which contains it. */
  readonly sql?: string | undefined;
}

export function postgresFault(error: unknown, failed: FailedSql): CliError {
  if (error instanceof CliError) return error;
  const code = codeOf(error);
  if (sqlState.test(code) && !ofTheServer.test(code)) {
    const reason = reasons[code] ?? reasons[code.slice(0, 2)] ?? 'see Appendix A of its manual for the code';
    return usageError(
      `The query failed in PostgreSQL (${code}${placeOf(error, failed)}): ${reason}${missingName(error, failed.query)}.`,
    );
  }
  const known = code || (error instanceof Error && messages.has(error.message) ? error.message : '');
  return unavailable(
    `PostgreSQL cannot be used (${code || 'no code'}): ${troubles[known] ?? 'no connection'}.`,
    error,
  );
}

function placeOf(error: unknown, { query, sql = '' }: FailedSql): string {
  const position = error instanceof pg.DatabaseError ? Number(error.position) : Number.NaN;
  const start = sql.indexOf(asTable(query)) + 1;
  const indent = query.length - query.trimStart().length;
  const place = position - start + indent;
  return start > 0 && place >= 1 ? `, character ${place} of the query` : '';
}

const missing = /^\w+ (?:"([^"]*)"|(\w+)(?:\(.*\))?) does not exist$/;

function missingName(error: unknown, query: string): string {
  const found = error instanceof Error ? missing.exec(error.message) : null;
  return found === null ? '' : `: ${nameOf(found[1] ?? found[2], query, 'a name in the query')}`;
}

/** By SQLSTATE, or its class: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const reasons: Readonly<Record<string, string>> = {
  '22': 'a value does not fit what the query does with it',
  '22P02': 'a text cannot become the type that the query asks for',
  '22003': 'a number is too large for its type',
  '22007': 'a text is no date or time',
  '22008': 'a date or time is out of range',
  '22012': 'it divides by zero',
  '25006': 'it would change data, and a sync only reads',
  '3D000': 'there is no such database',
  '42': 'the SQL cannot be run',
  '42501': 'the user may not read this',
  '42601': 'the SQL cannot be read',
  '42703': 'there is no such column',
  '42P01': 'there is no such table',
  '42883': 'there is no such function, or not for these types',
};

const withoutTls = 'The server does not support SSL connections';
const tooSlow = 'timeout expired';
/** Messages of node-postgres without a code; they are constants. */
const messages: ReadonlySet<string> = new Set([withoutTls, tooSlow]);

const untrusted = 'its certificate is not trusted: name its authority with sslrootcert=FILE in the URL';

const troubles: Readonly<Record<string, string>> = {
  [withoutTls]: 'the server offers no TLS, which --postgres asks for beyond this machine',
  [tooSlow]: 'no answer in 15 s',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up',
  ETIMEDOUT: 'no answer',
  '28P01': 'it does not accept the password; put it in PGPASSWORD or ~/.pgpass',
  '28000': 'it does not let this user in',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};
