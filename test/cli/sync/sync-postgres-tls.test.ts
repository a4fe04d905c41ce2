import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { CliError } from '../../../cli/errors/cli-error.ts';
import { createPostgresClient } from '../../../cli/sync/rows/postgres/client.ts';
import { postgresRows } from '../../../cli/sync/rows/postgres/rows.ts';
import { type Certificate, makeCertificate, startPostgresDouble } from '../support/postgres-double.ts';

/** Not a name of this machine, yet it leads there: to the command it is as far as any other host. */
const elsewhere = '0.0.0.0';
const password = 's3cret';

let own: Certificate;
let foreign: Certificate;
beforeAll(() => {
  own = makeCertificate(`IP:${elsewhere}`);
  foreign = makeCertificate('DNS:db.example');
});
afterAll(() => {
  own.remove();
  foreign.remove();
});

const kept = { ...process.env };
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('PG')) delete process.env[name];
});
afterEach(() => {
  process.env = { ...kept };
});

type Double = Awaited<ReturnType<typeof startPostgresDouble>>;
let server: Double | undefined;
afterEach(() => server?.stop());

interface Attempt {
  readonly host?: string;
  readonly parameters?: string;
  readonly isInsecureAllowed?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

async function attempt({ host = elsewhere, parameters = '', isInsecureAllowed = false, env = {} }: Attempt) {
  Object.assign(process.env, env);
  const url = `postgres://canary:${password}@${host}:${server?.port}/db${parameters}`;
  const source = postgresRows({
    url,
    isInsecureAllowed,
    query: 'select 1',
    timeZone: 'UTC',
    cursor: undefined,
  });
  try {
    await source.count();
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(CliError);
    const message = error instanceof Error ? error.message : '';
    expect(message).not.toMatch(/s3cret|canary/);
    return message;
  }
}

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

test.each(['', '?sslmode=prefer', '?sslmode=allow', '?sslmode=require', '?sslmode=verify-full', '?ssl=true'])(
  'beyond this machine a server without TLS hears neither user nor password (%s)',
  async (parameters) => {
    server = await startPostgresDouble();
    expect(await attempt({ parameters })).toContain('offers no TLS');
    expect(server.heard.clear).toEqual(sslRequest);
  },
);

test.each([
  '',
  '?sslmode=prefer',
  '?sslmode=require',
  '?sslmode=verify-ca',
  '?uselibpqcompat=true&sslmode=require',
])(
  'beyond this machine a server with a certificate that nobody vouches for hears no password (%s)',
  async (parameters) => {
    server = await startPostgresDouble(own);
    expect(await attempt({ parameters })).toContain('sslrootcert=FILE');
    expect(server.heard.clear).toEqual(sslRequest);
    expect(server.heard.tls).toHaveLength(0);
  },
);

test('a certificate for another host is refused, and taken with sslmode=verify-ca', async () => {
  server = await startPostgresDouble(foreign);
  const trusted = `?sslrootcert=${foreign.file}`;
  expect(await attempt({ parameters: trusted })).toContain('another host');
  expect(server.heard.tls).toHaveLength(0);
  await attempt({ parameters: `${trusted}&sslmode=verify-ca` });
  expect(server.heard.tls.includes(password)).toBe(true);
});

test.each<{ what: string; attempt: () => Attempt }>([
  { what: 'sslrootcert in the URL', attempt: () => ({ parameters: `?sslrootcert=${own.file}` }) },
  { what: 'PGSSLROOTCERT', attempt: () => ({ env: { PGSSLROOTCERT: own.file } }) },
  { what: 'PGHOST', attempt: () => ({ host: '', env: { PGHOST: elsewhere, PGSSLROOTCERT: own.file } }) },
])('the password goes to a verified server, inside TLS only ($what)', async ({ attempt: made }) => {
  server = await startPostgresDouble(own);
  const { host, ...rest } = made();
  if (host === '') Object.assign(rest.env ?? {}, { PGPORT: String(server.port), PGPASSWORD: password });
  const message = host === '' ? await attemptWithoutHost(rest.env ?? {}) : await attempt(rest);
  expect(message).toContain('28P01');
  expect(server.heard.clear).toEqual(sslRequest);
  expect(server.heard.tls.includes(password)).toBe(true);
});

async function attemptWithoutHost(env: Readonly<Record<string, string>>): Promise<string> {
  Object.assign(process.env, env);
  const target = { url: 'postgres:///db', isInsecureAllowed: false };
  const source = postgresRows({ ...target, query: 'select 1', timeZone: 'UTC', cursor: undefined });
  return source.count().then(
    () => '',
    (error: Error) => error.message,
  );
}

test.each<Attempt>([
  { parameters: '?sslmode=disable' },
  { parameters: '?sslmode=no-verify' },
  { parameters: '?ssl=0' },
  { env: { PGSSLMODE: 'disable' } },
  { host: 'localhost', parameters: `?host=${elsewhere}&sslmode=disable` },
])('clear text and unknown certificates need --insecure-postgres beyond this machine: %j', async (unsafe) => {
  server = await startPostgresDouble();
  expect(await attempt(unsafe)).toContain('--insecure-postgres');
  expect(server.heard.clear).toHaveLength(0);
});

test('--insecure-postgres lets an explicit sslmode=disable and no-verify pass', async () => {
  server = await startPostgresDouble();
  await attempt({ parameters: '?sslmode=disable', isInsecureAllowed: true });
  expect(server.heard.clear.includes(password)).toBe(true);
  await server.stop();
  server = await startPostgresDouble(own);
  await attempt({ parameters: '?sslmode=no-verify', isInsecureAllowed: true });
  expect(server.heard.tls.includes(password)).toBe(true);
});

test('--insecure-postgres alone turns nothing off', async () => {
  server = await startPostgresDouble();
  expect(await attempt({ isInsecureAllowed: true })).toContain('offers no TLS');
});

test.each(['127.0.0.1', 'localhost'])('on this machine (%s) no TLS is asked for', async (host) => {
  server = await startPostgresDouble();
  expect(await attempt({ host })).toContain('28P01');
});

test('on this machine sslmode=require encrypts without asking for a name, as libpq does', async () => {
  server = await startPostgresDouble(foreign);
  expect(await attempt({ host: '127.0.0.1', parameters: '?sslmode=require' })).toContain('28P01');
  expect(server.heard.clear).toEqual(sslRequest);
});

test.each(['localhost.example', '127.0.0.1.example', 'localhost%2F.example'])(
  'the host %s is not this machine',
  (host) => {
    const { ssl } = createPostgresClient({ url: `postgres://u@${host}/db`, isInsecureAllowed: false });
    expect(ssl).toMatchObject({ rejectUnauthorized: true });
  },
);

test('a socket is on this machine', () => {
  const url = 'postgres://u@/db?host=/var/run/postgresql';
  expect(createPostgresClient({ url, isInsecureAllowed: false }).ssl).toBe(false);
});

test.each([
  { url: 'mysql://canary@db.example/x', says: 'postgres://user@host/database' },
  { url: 'host=127.0.0.1 password=canary', says: 'postgres://user@host/database' },
  { url: 'postgres://u:canary@db.example:99999/x', says: 'postgres://user@host/database' },
  { url: 'postgres://db.example/x?sslmode=canary', says: 'sslmode' },
  { url: 'postgres://db.example/x?sslrootcert=/no/canary', says: 'sslrootcert cannot be read (ENOENT)' },
])('an address that cannot be used is refused without being repeated: $says', ({ url, says }) => {
  const create = () => createPostgresClient({ url, isInsecureAllowed: false });
  expect(create).toThrow(says);
  expect(create).not.toThrow('canary');
});

test.each([
  { what: 'an error before TLS', answer: `E\0\0\0\x12SFATAL\0C28000\0\0` },
  { what: 'what is no answer', answer: 'canary' },
])('a server that keeps the connection open after $what does not keep the command', async ({ answer }) => {
  let isGone: (value: boolean) => void = () => undefined;
  const gone = new Promise<boolean>((resolve) => {
    isGone = resolve;
  });
  // Goes on sending after the goodbye, until nobody is there.
  const keeper = createServer({ allowHalfOpen: true }, (socket) => {
    const sending = setInterval(() => socket.write(' '), 20);
    socket.once('data', () => socket.write(answer, 'latin1'));
    socket.once('error', () => {
      clearInterval(sending);
      isGone(true);
    });
  });
  await new Promise<void>((resolve) => keeper.listen(0, '127.0.0.1', resolve));
  const { port } = keeper.address() as AddressInfo;
  const url = `postgres://canary@${elsewhere}:${port}/db`;
  const rows = postgresRows({
    url,
    isInsecureAllowed: false,
    query: 'select 1',
    timeZone: 'UTC',
    cursor: undefined,
  });
  await expect(rows.count()).rejects.toThrow('PostgreSQL cannot be used');
  expect(await gone).toBe(true);
  keeper.close();
});
