/** The workflow of docs/sync-recipes.md: its steps run as on GitHub, against the gateway of `npm start` and a real database. */
import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readPage, root } from '../../docs/pages.ts';
import { eventually } from '../../support/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/gateway/gateway-process.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

const file = 'docs/sync-github-actions.yml';
const text = readPage(file);
const steps: readonly Step[] = parse(text).jobs.sync.steps;
const stateFile = 'orders.state';

const folder = mkdtempSync(join(tmpdir(), 'sync-actions-'));
const cache = join(folder, 'cache');
let gateway: GatewayProcess;
let database: PGLiteSocketServer;
let db: PGlite;
let url: string;

beforeAll(async () => {
  gateway = await startGatewayProcess();
  db = await PGlite.create();
  await db.exec(
    'create table orders (id int, mail text, total numeric(10, 2), paid_at timestamptz, updated_at timestamptz)',
  );
  database = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1' });
  const listening = new Promise<{ port: number }>((resolve) => {
    database.addEventListener('listening', (event) => resolve((event as CustomEvent).detail));
  });
  await database.start();
  url = `postgres://postgres@127.0.0.1:${(await listening).port}/postgres`;
  const npx = join(folder, 'npx');
  // `npx --no tiktok-events …`, without what npm does around it.
  writeFileSync(npx, `#!/bin/sh\nshift 2\nexec '${process.execPath}' '${join(root, 'cli/main.ts')}' "$@"\n`);
  chmodSync(npx, 0o755);
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  await database.stop();
  rmSync(folder, { recursive: true });
});

const buy = (id: number) =>
  db.exec(
    `insert into orders values (${id}, 'ada@example.com', 49.9, now() - interval '1 hour', now() - interval '1 hour' + interval '${id} seconds')`,
  );

/** A clone on a fresh runner. */
function checkout(): string {
  const workspace = mkdtempSync(join(folder, 'runner-'));
  mkdirSync(join(workspace, 'sync'));
  writeFileSync(join(workspace, 'sync/orders.sql'), 'select * from orders -- all of them\n');
  writeFileSync(
    join(workspace, 'sync/orders.yml'),
    `event_name: "'Purchase'"\nevent_id: id\nemail: mail\nvalue: total\nevent_time: paid_at\n`,
  );
  return workspace;
}

const shell = promisify(execFile);

/** GitHub's shell of a step (https://docs.github.com/actions/reference/workflow-syntax-for-github-actions). */
const runStep = (script: string, cwd: string) =>
  shell('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: {
      PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`,
      HOME: folder,
      DATABASE_URL: url,
      PGPASSWORD: 'postgres',
      TIKTOK_EVENTS_URL: gateway.url,
      TIKTOK_EVENTS_KEY: 'local-api-key',
    },
  });

/** Runs the job. @returns what its steps printed, or what the failing one printed */
async function runJob(inputs: { readonly first: boolean }): Promise<string> {
  const workspace = checkout();
  const [kept, state] = [join(cache, stateFile), join(workspace, stateFile)];
  mkdirSync(cache, { recursive: true });
  let output = '';
  for (const { name, uses = '', run } of steps) {
    if (uses.startsWith('actions/cache/restore@') && existsSync(kept)) copyFileSync(kept, state);
    if (uses.startsWith('actions/cache/save@') && existsSync(state)) copyFileSync(state, kept);
    const isSkipped =
      run === undefined || run === 'npm ci' || (inputs.first && name?.startsWith('Stop') === true);
    if (isSkipped) continue;
    // The cache restores the file with its mode.
    if (existsSync(state)) chmodSync(state, 0o600);
    const { stdout, stderr } = await runStep(run, workspace).catch((error) => ({
      stdout: `failed: ${error.stdout}`,
      stderr: '',
    }));
    output += stdout + stderr;
    if (stdout.startsWith('failed')) break;
  }
  return output;
}

const delivered = async () =>
  (await gateway.requests()).flatMap(({ body }) => body.data.map(({ event_id: id }) => id)).sort();

test('each run sends what is new, with the state that the run before saved', async () => {
  await buy(1);
  await buy(2);
  expect(await runJob({ first: true })).toContain('2 events accepted');
  expect(await runJob({ first: false })).toContain('0 events accepted');
  await buy(3);
  expect(await runJob({ first: false })).toContain('1 event accepted');
  await eventually(async () => (await delivered()).length >= 3);
  expect(await delivered()).toEqual(['1', '2', '3']);
}, 120_000);

test('a run whose state is lost sends nothing, and says what to do', async () => {
  rmSync(cache, { recursive: true });
  const output = await runJob({ first: false });
  expect(output).toContain('::error::The state is not in the cache');
  expect(output).not.toContain('accepted');
}, 60_000);

test('every action is pinned by its commit, and those of the deployment are the same', () => {
  const uses = steps.flatMap(({ uses }) => uses ?? []);
  expect(uses).toHaveLength(4);
  for (const action of uses) expect(action).toMatch(/^actions\/[\w/-]+@[0-9a-f]{40}$/);
  const deploy = readPage('.github/workflows/deploy.yml');
  for (const action of uses.filter((each) => /checkout|setup-node/.test(each)))
    expect(deploy).toContain(action);
});

test('the state is saved under the path that is restored, and under a key that the next run finds', () => {
  const [restore, save] = ['restore', 'save'].map((verb) =>
    steps.find(({ uses }) => uses?.startsWith(`actions/cache/${verb}@`)),
  );
  expect(save?.with).toEqual({ path: stateFile, key: restore?.with?.key });
  expect(restore?.with?.path).toBe(stateFile);
  expect(restore?.with?.key).toMatch(new RegExp(`^${restore?.with?.['restore-keys']}`));
});
