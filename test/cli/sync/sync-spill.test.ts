import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { type GatewayDouble, startGatewayDouble } from '../support/gateway-double.ts';
import { runCli, startCli } from '../support/run-cli.ts';

let gateway: GatewayDouble;
let temp: string;
let answer: () => void;
beforeEach(async () => {
  temp = mkdtempSync(join(tmpdir(), 'spill-test-'));
  gateway = await startGatewayDouble();
  const released = new Promise<undefined>((resolve) => {
    answer = () => resolve(undefined);
  });
  // While no post is answered, the query is read no further and what it spilled stays.
  gateway.answer(() => released);
});
afterEach(async () => {
  answer();
  await gateway.stop();
  rmSync(temp, { recursive: true });
});

/** Sorts about 90 MB within the 80 MB that DuckDB gets, and gives 4,500 rows of it. */
const sorted = `
  select 'Lead' as event_name, email, description from (
    select *, row_number() over (order by description) as place from (
      select 'canary' || i || '@example.com' as email, md5(i::varchar) || md5((i + 1)::varchar) as description
      from range(900000) t(i)))
  where place % 200 = 0`;

const start = () =>
  startCli(['sync', '--url', gateway.url, '--query', sorted], {
    env: { TMPDIR: temp, NODE_COMPILE_CACHE: '' },
  });

const folders = () =>
  readdirSync(temp)
    .filter((name) => name.startsWith('tiktok-events-spill-'))
    .map((name) => join(temp, name));
const spilled = (folder: string) => readdirSync(folder).map((name) => join(folder, name));
const waitForPosts = (count: number) =>
  expect.poll(() => gateway.posts(), { timeout: 120_000, interval: 20 }).toBeGreaterThanOrEqual(count);

test('two syncs that spill at the same time do not meet, and leave nothing', {
  timeout: 180_000,
}, async () => {
  const syncs = [start(), start()];
  await waitForPosts(8);
  expect(folders()).toHaveLength(2);
  for (const folder of folders()) {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const files = spilled(folder);
    expect(files.length).toBeGreaterThan(0);
    expect(files.some((file) => readFileSync(file).includes('canary'))).toBe(true);
  }
  answer();
  for (const { code, stdout } of await Promise.all(syncs.map(({ ended }) => ended)))
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('4,500 events accepted') });
  expect(gateway.accepted).toHaveLength(9000);
  expect(readdirSync(temp)).toEqual([]);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'a sync that %s ends leaves no row in the temporary folder',
  { timeout: 120_000 },
  async (signal) => {
    const { child, ended } = start();
    await waitForPosts(4);
    expect(folders().flatMap(spilled).length).toBeGreaterThan(0);
    child.kill(signal);
    answer();
    const end = await ended;
    expect(signal === 'SIGHUP' ? end.signal : end.code).toBe(signal === 'SIGHUP' ? 'SIGHUP' : 130);
    expect(readdirSync(temp)).toEqual([]);
  },
);

test('a sync that ends with an error leaves nothing in the temporary folder', async () => {
  const query = "select cast('x' || i as integer) as value from range(10) t(i)";
  const { code } = await runCli(['sync', '--dry-run', '--query', query], { env: { TMPDIR: temp } });
  expect(code).toBe(2);
  expect(readdirSync(temp)).toEqual([]);
});

test('the next start removes what a killed sync left, and nothing else', { timeout: 120_000 }, async () => {
  const { child, ended } = start();
  await waitForPosts(4);
  child.kill('SIGKILL');
  await ended;
  expect(folders().flatMap(spilled).length).toBeGreaterThan(0);
  const prefix = `tiktok-events-spill-${sha256(hostname()).slice(0, 8)}`;
  const kept = [
    `${prefix}-${process.pid}-alive`,
    `tiktok-events-spill-00000000-${child.pid}-other-host`,
    `spill-${child.pid}-other-program`,
  ];
  for (const name of kept) mkdirSync(join(temp, name));
  const target = join(temp, 'target');
  mkdirSync(target);
  writeFileSync(join(target, 'file'), '');
  symlinkSync(target, join(temp, `${prefix}-${child.pid}-link`));

  await runCli(['sync', '--dry-run', '--query', "select 'Lead' as event_name"], { env: { TMPDIR: temp } });
  expect(readdirSync(temp).sort()).toEqual([...kept, `${prefix}-${child.pid}-link`, 'target'].sort());
  expect(existsSync(join(target, 'file'))).toBe(true);
});
