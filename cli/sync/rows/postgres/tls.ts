/**
 * How a PostgreSQL server is spoken to. Beyond this machine: TLS, with its certificate and host name checked, since the
 * password and personal data travel there. libpq's `prefer`, and `require` without a check, would give both to any server that answers.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { isLoopbackHost } from '../../../../lib/schema/base-url.ts';
import { usageError } from '../../../errors/cli-error.ts';
import { codeOf } from '../../../errors/explain-error.ts';
import { terminal } from '../../../terminal/io.ts';

/** https://www.postgresql.org/docs/current/libpq-ssl.html, and `no-verify` of node-postgres. */
const modes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'] as const;
type Mode = (typeof modes)[number];

export interface TlsWish {
  /** Parameters of the URL. */
  readonly parameters: URLSearchParams;
  /** Where the connection goes: a host name, an address, or the folder of a socket. */
  readonly host: string;
  /** `--insecure-postgres`: clear text or an unknown certificate may be used beyond this machine. */
  readonly isInsecureAllowed: boolean;
}

/** The parameters read here; what is left of a URL knows nothing of TLS. */
export const tlsParameters = [
  'ssl',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'uselibpqcompat',
] as const;

/** @returns false for a connection in the clear; throws a usage error for an unsafe or unknown mode */
export function tlsFor({ parameters, host, isInsecureAllowed }: TlsWish): false | ConnectionOptions {
  if (host.startsWith('/')) return false;
  const mode = modeOf(parameters);
  const isLocal = isLoopbackHost(host);
  if (isLocal && (mode === undefined || ['disable', 'allow', 'prefer'].includes(mode))) return false;
  const isUnsafe = mode === 'disable' || mode === 'no-verify';
  if (isUnsafe && !isLocal && !isInsecureAllowed)
    throw usageError(
      `--postgres: sslmode=${mode} would give the password and the rows to any server that answers. Leave it out, name the server's certificate with sslrootcert=FILE, or add --insecure-postgres.`,
    );
  if (mode === 'disable') return false;
  const isUnverified = mode === 'no-verify' || (isLocal && mode === 'require');
  return { ...certificates(parameters, mode), rejectUnauthorized: !isUnverified };
}

function modeOf(parameters: URLSearchParams): Mode | undefined {
  const switched = { true: 'verify-full', '1': 'verify-full', false: 'disable', '0': 'disable' };
  const ssl = parameters.get('ssl') ?? '';
  const given = parameters.get('sslmode') ?? (new Map(Object.entries(switched)).get(ssl) || ssl);
  const text = given || terminal().env.PGSSLMODE || '';
  const mode = modes.find((known) => known === text);
  if (mode === undefined && text !== '')
    throw usageError(`--postgres: sslmode (or PGSSLMODE) is one of ${modes.join(', ')}.`);
  return mode;
}

function certificates(parameters: URLSearchParams, mode: Mode | undefined): ConnectionOptions {
  const fileOf = (name: string): string | undefined =>
    parameters.get(name) || terminal().env[`PG${name.toUpperCase()}`] || undefined;
  const ca = readCertificate('sslrootcert', fileOf('sslrootcert') ?? usualRootCertificate());
  const cert = readCertificate('sslcert', fileOf('sslcert'));
  const key = readCertificate('sslkey', fileOf('sslkey'));
  // A private authority vouches for the server whatever its name; a public one would for anybody's.
  const isAnyName = mode === 'verify-ca' && ca !== undefined;
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(isAnyName && { checkServerIdentity: () => undefined }),
  };
}

/** Where libpq looks, too. */
function usualRootCertificate(): string | undefined {
  const file = join(homedir(), '.postgresql', 'root.crt');
  return existsSync(file) ? file : undefined;
}

/** @param file `system` means the authorities that Node knows */
function readCertificate(setting: string, file: string | undefined): string | undefined {
  if (file === undefined || file === 'system') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError(`--postgres: the file of ${setting} cannot be read (${codeOf(error)}).`);
  }
}
