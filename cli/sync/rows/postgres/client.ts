/** A PostgreSQL connection from `--postgres` and the environment variables of libpq (PGHOST, PGPASSWORD, PGSSLMODE …). */
import pg from 'pg';
import { usageError } from '../../../errors/cli-error.ts';
import { tlsFor, tlsParameters } from './tls.ts';

export interface PostgresTarget {
  /** postgres://user@host/database; what it leaves out comes from PGHOST, PGPASSWORD … and ~/.pgpass. */
  readonly url: string;
  readonly isInsecureAllowed: boolean;
}

const connectTimeoutMs = 15_000;

/** Not connected yet. Throws a usage error, which never repeats the URL: it may contain the password. */
export function createPostgresClient({ url, isInsecureAllowed }: PostgresTarget): pg.Client {
  if (!/^postgres(ql)?:\/\//i.test(url)) throw wrongUrl();
  const [address = '', query = ''] = splitOnce(url, '?');
  const parameters = new URLSearchParams(query);
  const others = new URLSearchParams(query);
  for (const name of [...tlsParameters, 'sslnegotiation']) others.delete(name);
  const shared = {
    connectionString: others.size === 0 ? address : `${address}?${others}`,
    connectionTimeoutMillis: connectTimeoutMs,
    ...(parameters.get('sslnegotiation') === 'direct' && { sslnegotiation: 'direct' as const }),
  };
  try {
    // The library knows best where it would connect to: the URL, its parameters and the environment all have a say.
    const { host } = new pg.Client({ ...shared, ssl: true });
    return new pg.Client({ ...shared, ssl: tlsFor({ parameters, host, isInsecureAllowed }) });
  } catch (error) {
    throw error instanceof TypeError ? wrongUrl() : error;
  }
}

const wrongUrl = () =>
  usageError(
    '--postgres is an address such as postgres://user@host/database, with % for special characters.',
  );

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
