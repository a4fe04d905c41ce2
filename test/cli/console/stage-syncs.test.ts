/** The syncs of a deployed stage in its console: a table of DynamoDB's protocol, and what missing rights cost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startConsole } from '../../../cli/console/start-console.ts';
import type { ConsoleState } from '../../../console/api.ts';
import type { SyncPlace } from '../../../console/server/sync-actions.ts';
import type { RejectedRowsAnswer, SyncAnswer, SyncsAnswer } from '../../../console/syncs-api.ts';
import { systemClock } from '../../../lib/clock/clock.ts';
import { syncsSchema } from '../../../lib/sync/settings.ts';
import { openSyncTable } from '../../../lib/sync/state/dynamodb.ts';
import { writeRejected, writeRun } from '../../../lib/sync/state/history.ts';
import { newRun, type Run } from '../../../lib/sync/state/record.ts';
import { startTable } from '../../support/sync/sync-world.ts';

const nowMs = Date.now();
const syncs = syncsSchema().parse({
  orders: { engine: 'athena', database: 'shop', query: 'select 1', schedule: 'rate(1 hour)' },
});
const run: Run = {
  ...newRun('run-1', 'schedule', nowMs - 60_000),
  status: 'succeeded',
  rows: 2,
  rejected: 1,
};
let world: Awaited<ReturnType<typeof startTable>>;
const started: string[] = [];

beforeAll(async () => {
  world = await startTable();
  const table = place().table('orders');
  await writeRun(table, run, nowMs);
  await writeRejected(
    table,
    'run-1',
    '0',
    [{ row: 2, key: 'order-2', errors: [{ field: 'value', code: 'missing', message: 'A value.' }] }],
    nowMs,
  );
  const state = JSON.stringify({ health: 'rejecting', last_run: run });
  await table.put('state', { state: { S: state } });
});
afterAll(() => world.stop());

const place = (): SyncPlace => ({
  table: (sync) => openSyncTable(world.client, 'tiktok-events-test-syncs', sync, systemClock),
  start: async (sync) => void started.push(sync),
});

async function start(openSyncs: () => Promise<SyncPlace>) {
  const controller = new AbortController();
  const console = await startConsole({
    stage: { name: 'prod' },
    openJournal: () => Promise.reject(new Error('no journal')),
    letters: { list: never, replay: never, discard: never },
    openSyncs,
    syncs,
    sinceMs: nowMs,
    port: 0,
    signal: controller.signal,
  });
  const { origin, hash } = new URL(console.url);
  const headers = { 'x-console-token': hash.slice(1), 'content-type': 'application/json' };
  return {
    json: async <T>(path: string): Promise<T> =>
      (await fetch(`${origin}/_console/${path}`, { headers })).json() as Promise<T>,
    post: (path: string, body: unknown, given: object = headers) =>
      fetch(`${origin}/_console/${path}`, {
        method: 'POST',
        headers: { ...given },
        body: JSON.stringify(body),
      }),
    stop: async () => {
      controller.abort();
      await console.stop();
    },
  };
}

const never = async () => Promise.reject(new Error('not asked'));

test('shows, starts, pauses and resumes the syncs of the stage', async () => {
  const { json, post, stop } = await start(async () => place());
  expect((await json<ConsoleState>('state')).hasSyncs).toBe(true);
  expect((await json<SyncsAnswer>('syncs')).syncs).toMatchObject([
    { name: 'orders', state: 'rejecting', run: { id: 'run-1', startedAtMs: nowMs - 60_000 } },
  ]);
  expect((await json<SyncAnswer>('syncs/orders')).runs).toMatchObject([{ id: 'run-1', rejected: 1 }]);
  expect(await json<RejectedRowsAnswer>('rejected-rows/orders?run=run-1')).toEqual({
    rows: [{ row: 2, key: 'order-2', errors: [{ field: 'value', code: 'missing' }] }],
  });
  expect((await post('syncs/run', { sync: 'orders' })).status).toBe(200);
  expect(started).toEqual(['orders']);
  const paused = await (await post('syncs/pause', { sync: 'orders' })).json();
  expect(paused).toMatchObject({ sync: { state: 'paused' } });
  const resumed = await (await post('syncs/resume', { sync: 'orders' })).json();
  expect(resumed).toMatchObject({ sync: { state: 'rejecting' } });
  await stop();
});

test('starts nothing without the secret of the address', async () => {
  const { post, stop } = await start(async () => place());
  started.length = 0;
  for (const token of ['', 'local'])
    expect((await post('syncs/run', { sync: 'orders' }, { 'x-console-token': token })).status).toBe(403);
  expect(started).toEqual([]);
  await stop();
});

test('names the missing right, and asks again', async () => {
  let isAllowed = false;
  const denied = Object.assign(
    new Error(
      'User: arn:aws:iam::1:user/ada is not authorized to perform: dynamodb:GetItem on resource: arn',
    ),
    { name: 'AccessDeniedException' },
  );
  const { json, stop } = await start(async () => (isAllowed ? place() : Promise.reject(denied)));
  expect(await json('syncs')).toMatchObject({ status: 502 });
  expect((await json<ConsoleState>('state')).problems).toContain(
    'The syncs cannot be read. These AWS credentials lack the right dynamodb:GetItem. Add it to your role, or set AWS_PROFILE to another one.',
  );
  isAllowed = true;
  expect((await json<SyncsAnswer>('syncs')).syncs).toHaveLength(1);
  expect((await json<ConsoleState>('state')).problems.join()).not.toContain('syncs');
  await stop();
});
