/** `--dbt` and `--model`: the rows of a model, from PostgreSQL and from a database of DuckDB, by the manifest of dbt. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'sync-dbt-'));
const file = (name: string) => join(folder, name);
const table =
  "create table analytics.orders as select 'Purchase' as event_name, 'o-1' as event_id, 'ada@example.com' as email";

let database: PGLiteSocketServer;
let postgres: string;

beforeAll(async () => {
  const instance = await DuckDBInstance.create(file('shop.duckdb'));
  const connection = await instance.connect();
  await connection.run('create schema analytics');
  await connection.run(table);
  connection.closeSync();
  instance.closeSync();
  const db = await PGlite.create();
  await db.exec(`create schema analytics; ${table}`);
  database = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1' });
  const listening = new Promise<{ port: number }>((resolve) => {
    database.addEventListener('listening', (event) => resolve((event as CustomEvent).detail));
  });
  await database.start();
  postgres = `postgres://postgres:postgres@127.0.0.1:${(await listening).port}/postgres`;
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true });
});

const node = (name: string, more: object = {}) => ({
  resource_type: 'model',
  name,
  unique_id: `model.shop.${name}`,
  package_name: 'shop',
  database: 'shop',
  schema: 'analytics',
  alias: name,
  relation_name: `"shop"."analytics"."${name}"`,
  config: { materialized: 'table' },
  ...more,
});

/** As dbt writes it: with tests and macros, of which only the models matter. */
function writeManifest(adapter: string, nodes: readonly { unique_id: string }[]): string {
  const test = { resource_type: 'test', name: 'not_null_orders', unique_id: 'test.shop.not_null' };
  const all = Object.fromEntries([...nodes, test].map((each) => [each.unique_id, each]));
  writeFileSync(file('manifest.json'), JSON.stringify({ metadata: { adapter_type: adapter }, nodes: all }));
  return file('manifest.json');
}

const sync = (...args: readonly string[]) => runCli(['sync', '--dry-run', '--json', ...args]);
const row = { event_name: 'Purchase', event_id: 'o-1', email: 'ada@example.com' };

test('reads the rows of a model of PostgreSQL', async () => {
  const orders = node('orders', { relation_name: '"postgres"."analytics"."orders"' });
  const manifest = writeManifest('postgres', [orders]);
  const { stdout, stderr } = await sync('--dbt', manifest, '--model', 'orders', '--postgres', postgres);
  expect(JSON.parse(stdout).preview, stderr).toEqual([row]);
});

test('reads the rows of a model in a database of DuckDB, by any of its names', async () => {
  const manifest = writeManifest('duckdb', [node('orders')]);
  for (const name of ['orders', 'shop.orders', 'model.shop.orders']) {
    const args = ['--dbt', manifest, '--model', name, '--duckdb', file('shop.duckdb')];
    expect(JSON.parse((await sync(...args)).stdout).preview).toEqual([row]);
  }
});

test('--duckdb reads the tables of a file in a query of your own, and leaves the file as it is', async () => {
  const query = 'select * from analytics.orders';
  const { stdout } = await sync('--duckdb', file('shop.duckdb'), '--query', query);
  expect(JSON.parse(stdout).preview).toEqual([row]);
  const { code, stderr } = await sync('--duckdb', file('missing.duckdb'), '--query', query);
  expect(code).toBe(2);
  expect(stderr).toContain('The file of --duckdb cannot be opened');
});

test('makes the relation of its parts when the manifest does not have it', async () => {
  const manifest = writeManifest('duckdb', [node('sales', { alias: 'orders', relation_name: null })]);
  const { stdout } = await sync('--dbt', manifest, '--model', 'sales', '--duckdb', file('shop.duckdb'));
  expect(JSON.parse(stdout).preview).toEqual([row]);
});

test('a name without a version means the latest one', async () => {
  const version = (number: number, relation: string) =>
    node('orders', {
      unique_id: `model.shop.orders.v${number}`,
      version: number,
      latest_version: 2,
      relation_name: relation,
    });
  const manifest = writeManifest('duckdb', [version(1, 'analytics.gone'), version(2, 'analytics.orders')]);
  const args = ['--dbt', manifest, '--duckdb', file('shop.duckdb'), '--model'];
  expect(JSON.parse((await sync(...args, 'orders')).stdout).preview).toEqual([row]);
  expect((await sync(...args, 'orders.v1')).stderr).toContain('table');
});

const duck = ['--duckdb', 'shop.duckdb'];

test.each([
  {
    nodes: [node('orders')],
    model: 'ordres',
    says: /no model of this name\. Did you mean orders\? It has orders\./,
  },
  {
    nodes: [node('orders', { config: { materialized: 'ephemeral' }, relation_name: null })],
    model: 'orders',
    says: /orders is ephemeral: dbt makes no table of it/,
  },
  {
    nodes: [node('orders'), node('orders', { unique_id: 'model.other.orders', package_name: 'other' })],
    model: 'orders',
    says: /several have this name\. Give one of model\.shop\.orders, model\.other\.orders/,
  },
])('refuses $model with $says', async ({ nodes, model, says }) => {
  const { code, stderr } = await sync('--dbt', writeManifest('duckdb', nodes), '--model', model, ...duck);
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
});

test('refuses a project that runs on another warehouse, and one whose database is not named', async () => {
  const model = ['--model', 'orders'];
  const snowflake = await sync('--dbt', writeManifest('snowflake', [node('orders')]), ...model);
  expect(snowflake).toMatchObject({ code: 2, stderr: expect.stringContaining('runs on snowflake') });
  const other = await sync('--dbt', writeManifest('postgres', [node('orders')]), ...model);
  expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('add --postgres') });
  const file = await sync('--dbt', writeManifest('duckdb', [node('orders')]), ...model);
  expect(file).toMatchObject({ code: 2, stderr: expect.stringContaining('add --duckdb') });
});

test('refuses a file that is no manifest, one that is missing, and options that do not go together', async () => {
  writeFileSync(file('broken.json'), '{"nodes": {');
  const broken = await sync('--dbt', file('broken.json'), '--model', 'orders', ...duck);
  expect(broken).toMatchObject({ code: 2, stderr: expect.stringContaining('is no manifest of dbt') });
  const missing = await sync('--dbt', file('gone.json'), '--model', 'orders', ...duck);
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('(ENOENT)') });
  expect((await sync('--dbt', file('gone.json'))).stderr).toContain('--dbt and --model belong together');
  const both = await sync('--dbt', file('gone.json'), '--model', 'orders', '--query', 'select 1');
  expect(both.stderr).toContain('Either --query, or --dbt');
  const two = await sync('--query', 'select 1', '--postgres', postgres, ...duck);
  expect(two.stderr).toContain('Either --postgres, or --duckdb');
});
