import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runSync } from '../../../lib/sync/run-sync.ts';
import { readRejected, readRuns } from '../../../lib/sync/state/history.ts';
import { leaseMs } from '../../../lib/sync/state/lock.ts';
import type { MemoryTable } from '../../support/sync/memory-athena.ts';
import { createSyncWorld, eventIds, type SyncWorld, startTable } from '../../support/sync/sync-world.ts';

let dynamo: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  dynamo = await startTable();
});
afterAll(() => dynamo.stop());

const minutes = 60_000;
const columns = ['email', 'value', 'order_id', 'changed'].map((name) => ({
  name,
  type: name === 'email' ? 'varchar' : 'bigint',
}));
const mapping = { event_name: "'Purchase'", event_id: "join('-', ['order', text(order_id)])" };
const row = (id: number, changed: number, email: string | undefined = `a${id}@example.com`) => [
  email,
  '5',
  String(id),
  String(changed),
];

let worlds = 0;
/** A sync of its own for each test. */
function openWorld(memory: MemoryTable, settings: object = { cursor: 'changed', mapping }) {
  worlds += 1;
  const name = `orders-${worlds}`;
  const world = createSyncWorld(dynamo.client, memory, settings, { name });
  const table = world.context.clients.openTable(name);
  const run = (trigger = 'schedule', remainingMs = () => 15 * minutes) =>
    runSync({ sync: name, trigger }, remainingMs, world.context);
  return { ...world, name, table, run, history: () => readRuns(table, 10) };
}
const sentBy = ({ queue }: Pick<SyncWorld, 'queue'>): string[] => eventIds(queue).sort();

test('a sync queues each row once, over many runs', async () => {
  const memory: MemoryTable = { columns, rows: [row(1, 1), row(2, 2)], cursor: 3 };
  const world = openWorld(memory);
  expect(await world.run()).toMatchObject({ status: 'succeeded' });
  memory.rows = [...memory.rows, row(3, 2), row(4, 3)];
  await world.run();
  await world.run();
  expect(sentBy(world)).toEqual(['order-1', 'order-2', 'order-3', 'order-4']);
  const [third, second, first] = await world.history();
  expect(first).toMatchObject({ status: 'succeeded', rows: 2, sent: 2, bytes_scanned: 1_000 });
  expect(second).toMatchObject({ rows: 2, sent: 2, already_sent: 1 });
  expect(third).toMatchObject({ rows: 0, sent: 0, already_sent: 1 });
});

test('the message is one of the stage: with its source, its times and no mark of another producer', async () => {
  const world = openWorld({ columns, rows: [row(1, 1)], cursor: 3 });
  await world.run();
  expect(JSON.parse(world.queue.sent[0]?.message.body ?? '')).toMatchObject({
    v: 1,
    source: world.name,
    destination: 'default',
    received_at: '2026-11-27T12:00:00.000Z',
    logged: true,
    event: { event_name: 'Purchase', event_id: 'order-1', value: 5, currency: 'USD' },
  });
});

test('two runs at once: the second does nothing', async () => {
  const world = openWorld({ columns, rows: [row(1, 1)], cursor: 3 });
  const [one, other] = await Promise.all([world.run(), world.run()]);
  expect([one.status, other.status].sort()).toEqual(['locked', 'succeeded']);
  expect(sentBy(world)).toEqual(['order-1']);
});

test('a killed run leaves its lock, and the next run waits for its end', async () => {
  const world = openWorld({ columns, rows: [row(1, 1)], cursor: 3 });
  const dead = { ...world.context, clients: { ...world.context.clients, athena: hanging(world) } };
  void runSync({ sync: world.name, trigger: 'schedule' }, () => 15 * minutes, dead);
  await expect.poll(async () => (await world.table.get('state'))?.owner).toBeDefined();
  expect(await world.run()).toMatchObject({ status: 'locked' });
  world.clock.advance(leaseMs + 1);
  expect(await world.run()).toMatchObject({ status: 'succeeded' });
});

const hanging = ({ athena }: SyncWorld) => ({ ...athena, start: () => new Promise<string>(() => undefined) });

test('near its deadline a run hands over, and the next invocation sends the rest', async () => {
  const memory = { columns, rows: Array.from({ length: 1_200 }, (_, id) => row(id, id)), cursor: 3 };
  const world = openWorld(memory);
  let looks = 0;
  const soonOver = () => (++looks > 1 ? 1_000 : 15 * minutes);
  expect(await world.run('schedule', soonOver)).toMatchObject({ status: 'handed_over' });
  const [next] = world.invocations;
  expect(next).toMatchObject({ sync: world.name, trigger: 'handover' });
  expect(world.queue.sent.length).toBeGreaterThan(0);
  expect(world.queue.sent.length).toBeLessThan(1_200);
  expect(await world.run('handover')).toMatchObject({ status: 'succeeded' });
  expect(new Set(eventIds(world.queue)).size).toBe(1_200);
  expect(world.queue.sent).toHaveLength(1_200);
  expect(await world.history()).toMatchObject([{ rows: 1_200, sent: 1_200, invocations: 2 }]);
});

test('a run that comes no further in three invocations fails, and says why', async () => {
  const world = openWorld({ columns, rows: [row(1, 1)], cursor: 3 });
  for (let count = 0; count < 3; count += 1)
    expect(await world.run('handover', () => 0)).toMatchObject({ status: 'handed_over' });
  expect(await world.run('handover', () => 0)).toMatchObject({ status: 'failed' });
  expect((await world.history())[0]?.error).toMatchObject({ code: 'no_progress' });
});

describe('rejected rows', () => {
  const rows = [row(1, 1), row(2, 2, ''), row(3, 3)];

  test('keep their reason and their key in the table, without the row', async () => {
    const world = openWorld({ columns, rows, cursor: 3 });
    await world.run();
    const [run] = await world.history();
    expect(run).toMatchObject({ rows: 3, sent: 2, rejected: 1 });
    const rejected = await readRejected(world.table, run?.id ?? '');
    expect(rejected).toMatchObject([{ row: 2, cursor: '2', key: '2', errors: [{ code: 'no_match_key' }] }]);
    expect(world.files.size).toBe(0);
  });

  test('go whole into the folder of S3 that the stage file names', async () => {
    const world = openWorld(
      { columns, rows, cursor: 3 },
      { cursor: 'changed', mapping, rejects: 's3://own/rejects' },
    );
    await world.run();
    const [run] = await world.history();
    const [[name, text] = []] = [...world.files];
    expect(name).toBe(`s3://own/rejects/${world.name}/${run?.id}/011-00001.ndjson`);
    expect(JSON.parse(text ?? '')).toMatchObject({
      row: 2,
      data: { order_id: 2 },
      errors: [{ code: 'no_match_key' }],
    });
  });
});

test('there is one notice when the state changes, not one for every run', async () => {
  const memory: MemoryTable = { columns, rows: [row(1, 1, '')], cursor: 3 };
  const world = openWorld(memory);
  const add = async (next: (string | undefined)[]) => {
    memory.rows = [...memory.rows, next];
    await world.run();
  };
  await world.run();
  await add(row(2, 2, ''));
  await add(row(3, 3));
  await add(row(4, 4));
  expect(world.notices).toEqual([
    `tiktok-events test: sync ${world.name} rejects rows`,
    `tiktok-events test: sync ${world.name} has recovered`,
  ]);
});

test('no rows for some runs are one notice, too', async () => {
  const world = openWorld(
    { columns, rows: [], cursor: 3 },
    { cursor: 'changed', mapping, notices: { emptyRuns: 2 } },
  );
  for (let count = 0; count < 4; count += 1) await world.run();
  expect(world.notices).toEqual([`tiktok-events test: sync ${world.name} finds no rows`]);
});

test('a paused sync does not run by its schedule, but by command', async () => {
  const world = openWorld({ columns, rows: [row(1, 1)], cursor: 3 });
  await world.table.update({
    item: 'state',
    expression: 'set #paused = :now',
    names: { '#paused': 'paused_at' },
    values: { ':now': { S: '2026-11-27T12:00:00Z' } },
  });
  expect(await world.run()).toMatchObject({ status: 'paused' });
  expect(await world.run('command')).toMatchObject({ status: 'succeeded' });
});

test('members of an audience are added once, over many runs', async () => {
  const memory: MemoryTable = {
    columns: columns.slice(0, 1),
    rows: [['a@example.com'], ['b@example.com'], ['A@example.com']],
  };
  const world = openWorld(memory, { mode: 'add', audience: 'vip' });
  await world.run();
  memory.rows = [...memory.rows, ['c@example.com']];
  await world.run();
  expect(new Set(eventIds(world.queue)).size).toBe(3);
  expect(world.queue.sent).toHaveLength(3);
  expect(await world.history()).toMatchObject([
    { sent: 1, already_added: 3 },
    { sent: 2, already_added: 1 },
  ]);
});

test('DynamoDB forgets a run after 90 days, and the keys of its rejected rows after 30', async () => {
  const world = openWorld({ columns, rows: [row(1, 1, '')], cursor: 3 });
  await world.run();
  const daysOf = async (prefix: string) => {
    const [item] = await world.table.list(prefix);
    return Math.round((Number(item?.expires_at?.N) - world.clock.now() / 1000) / 86_400);
  };
  expect([await daysOf('run#'), await daysOf('reject#')]).toEqual([90, 30]);
});

test('a name that the stage file lacks is said to be unknown', async () => {
  const world = openWorld({ columns, rows: [] });
  expect(await runSync({ sync: 'other', trigger: 'command' }, () => 0, world.context)).toEqual({
    sync: 'other',
    status: 'unknown_sync',
  });
});
