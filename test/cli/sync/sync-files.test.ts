import {
  chmodSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRejects } from '../../../cli/sync/report/rejects.ts';
import type { SyncFiles } from '../../../cli/sync/report/rejects-file.ts';
import { lockFile } from '../../../cli/sync/state/lock-file.ts';
import { readPrivateFile, writePrivateFile } from '../../../cli/sync/state/private-file.ts';
import { runCli } from '../support/run-cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sync-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string) => join(folder, name);
const write = (name: string, text: string, mode = 0o600): string => {
  writeFileSync(file(name), text, { mode });
  chmodSync(file(name), mode);
  return file(name);
};
const issue = { field: 'email', code: 'invalid_email', message: 'wrong' };
const earlier = `${JSON.stringify({ row: 7, errors: [issue], data: { email: 'x' } })}\n`;
const query = 'select 1';

async function reject(path: string, files: SyncFiles = { query }): Promise<void> {
  const rejects = await openRejects(path, files);
  rejects.add({ number: 1, row: { email: 'new' } }, [issue]);
  await rejects.close();
}
const isRefused = async (path: string, says: string, files?: SyncFiles): Promise<void> => {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const names = readdirSync(folder);
  await expect(reject(path, files)).rejects.toThrow(says);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined).toBe(before);
  expect(readdirSync(folder)).toEqual(names);
};

test('rejects go to a new file that only its owner can read', async () => {
  await reject(file('rejects'));
  expect(readFileSync(file('rejects'), 'utf8')).toContain('"data":{"email":"new"}');
  expect(statSync(file('rejects')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['rejects']);
});

test.each(['', earlier])(
  'rejects of an earlier run are replaced, at the end of the run (%j)',
  async (text) => {
    const path = write('rejects', text);
    const rejects = await openRejects(path, { query });
    rejects.add({ number: 1, row: { email: 'new' } }, [issue]);
    expect(readFileSync(path, 'utf8')).toBe(text);
    await rejects.close();
    expect(readFileSync(path, 'utf8')).toContain('new');
    await reject(path);
  },
);

test('a file that something else made is not replaced', async () => {
  await isRefused(write('orders.ndjson', '{"email":"a@b.de"}\n'), 'not the rejects of an earlier sync');
  await isRefused(write('rejects.csv', 'row,errors\n'), 'not the rejects of an earlier sync');
});

test('a file that appears while the sync runs is not replaced', async () => {
  const rejects = await openRejects(file('rejects'), { query });
  write('rejects', 'precious');
  await expect(rejects.close()).rejects.toThrow('not the rejects of an earlier sync');
  expect(readFileSync(file('rejects'), 'utf8')).toBe('precious');
});

test('links, folders and files that others can read are refused', async () => {
  symlinkSync(write('target', earlier), file('link'));
  await isRefused(file('link'), 'is a link');
  symlinkSync(file('nothing'), file('dangling'));
  await isRefused(file('dangling'), 'is a link');
  await expect(reject(folder)).rejects.toThrow('not a plain file');
  await expect(reject('/dev/null')).rejects.toThrow('not a plain file');
  await isRefused(write('open', earlier, 0o640), 'chmod 600');
});

test.runIf(process.getuid?.() === 0)('a file of another user is refused', async () => {
  const { chownSync } = await import('node:fs');
  chownSync(write('other', earlier), 65_534, 65_534);
  await isRefused(file('other'), 'belongs to another user');
});

test.each<{ what: string; files: (path: string) => SyncFiles }>([
  { what: 'reads', files: (path) => ({ query: `select * from '${path}'` }) },
  { what: 'reads by a list', files: (path) => ({ query: `select * from read_json(['a.json', '${path}'])` }) },
  { what: 'reads by a quoted name', files: (path) => ({ query: `select * from "${path}"` }) },
  {
    what: 'reads by a pattern',
    files: (path) => ({ query: `select * from '${join(path, '..')}/*.ndjson'` }),
  },
  { what: 'reads by a bare name', files: () => ({ query: 'select data.* from both.ndjson' }) },
  { what: 'reads by a name in dollars', files: (path) => ({ query: `select * from $a$${path}$a$` }) },
  {
    what: 'reads by a pattern in dollars',
    files: (path) => ({ query: `select * from $$${join(path, '..')}/*.ndjson$$` }),
  },
  { what: 'reads after a comment', files: (path) => ({ query: `-- it's\nselect * from '${path}'` }) },
  {
    what: 'reads by a pattern after comments',
    files: (path) => ({
      query: `/* " */ select * from /* don't */ '${join(path, '..')}/*.ndjson' -- it's`,
    }),
  },
  { what: 'reads by a URL', files: (path) => ({ query: `select * from read_json('file://${path}')` }) },
  {
    what: 'reads from the home folder',
    files: () => ({ query: "select * from read_json('~/BOTH.ndjson')" }),
  },
  { what: 'reads by a hard link', files: () => ({ query: `select * from '${file('hard')}'` }) },
  { what: 'reads by a link', files: () => ({ query: `select * from '${file('soft')}'` }) },
  { what: 'uses as mapping', files: (path) => ({ query, map: path }) },
  { what: 'uses as state', files: (path) => ({ query, state: path }) },
])('a file that the sync $what is refused, even when it is rejects', async ({ files }) => {
  const path = write('both.ndjson', earlier);
  linkSync(path, file('hard'));
  symlinkSync(path, file('soft'));
  await isRefused(path, 'reads or writes already', files(path));
});

test('a word of the query is not taken for a file, nor is a comment', async () => {
  const query = "-- 'rejected' and it's\nselect rejected from 'orders.csv' where * = 1";
  await reject(file('rejected'), { query });
  await reject(file('rejected'), { query });
});

test('a file that is not there yet cannot be state and rejects at once', async () => {
  await isRefused(file('new'), 'reads or writes already', { query, state: file('new') });
});

test('sync leaves a file alone that is its input and its --rejects', async () => {
  const path = write('both.ndjson', '{"event_name":"Lead"}\n');
  const args = ['sync', '--dry-run', '--query', `select * from '${path}'`, '--rejects', path];
  expect(await runCli(args)).toMatchObject({ code: 2, stdout: '' });
  expect(readFileSync(path, 'utf8')).toBe('{"event_name":"Lead"}\n');
});

test('a state is written for its owner only, and never through a link', () => {
  writePrivateFile(file('state'), 'a');
  writePrivateFile(file('state'), 'b');
  expect(readPrivateFile(file('state'))).toBe('b');
  expect(statSync(file('state')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['state']);
  symlinkSync(file('state'), file('link'));
  expect(() => readPrivateFile(file('link'))).toThrow('is a link');
  write('open', 'c', 0o644);
  expect(() => readPrivateFile(file('open'))).toThrow('chmod 600');
});

test("a lock of another program is left alone; a killed sync's is taken over", () => {
  write('yarn.lock', '# yarn lockfile v1\n');
  expect(() => lockFile(file('yarn'))).toThrow('not made by a sync');
  expect(readFileSync(file('yarn.lock'), 'utf8')).toBe('# yarn lockfile v1\n');
  write('state.lock', '4194305');
  lockFile(file('state'))();
  expect(existsSync(file('state.lock'))).toBe(false);
  write('state.lock', String(process.ppid));
  expect(() => lockFile(file('state'))).toThrow('Another sync');
});
