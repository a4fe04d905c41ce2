/** Runs that meet trouble: a full queue, a lost lock, rows that block, files that cannot be written. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ResultGone } from '../../../lib/sync/engine/athena.ts';
import { runSync } from '../../../lib/sync/run-sync.ts';
import { readRuns } from '../../../lib/sync/state/history.ts';
import { writeSettled } from '../../../lib/sync/state/settled.ts';
import { createMemoryQueue } from '../../support/queue/memory-queue.ts';
import type { MemoryTable } from '../../support/sync/memory-athena.ts';
import { createSyncWorld, eventIds, startTable } from '../../support/sync/sync-world.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

let dynamo: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  dynamo = await startTable();
});
afterAll(() => dynamo.stop());

let worlds = 0;
const mapping = { event_name: "'Purchase'", event_id: 'text(id)', event_time: 'paid' };
const columns = ['email', 'id', 'paid', 'changed'].map((name) => ({
  name,
  type: name === 'id' || name === 'changed' ? 'bigint' : 'varchar',
}));
const row = (id: number, paid = '2026-11-27T11:00:00Z') => [
  `a${id}@example.com`,
  String(id),
  paid,
  String(id),
];
const memoryOf = (...rows: string[][]): MemoryTable => ({ columns, rows, cursor: 3 });

function openWorld(memory: MemoryTable, settings: object = {}) {
  worlds += 1;
  const name = `edges-${worlds}`;
  const world = createSyncWorld(dynamo.client, memory, { mapping, cursor: 'changed', ...settings }, { name });
  const table = world.context.clients.openTable(name);
  const run = (clients: Partial<typeof world.context.clients> = {}) => {
    const context = { ...world.context, clients: { ...world.context.clients, ...clients } };
    return runSync({ sync: name, trigger: 'schedule' }, () => 900_000, context);
  };
  return { ...world, name, table, run, last: async () => (await readRuns(table, 1))[0] };
}

test('what the queue does not take at first is sent a little later', async () => {
  const world = openWorld(memoryOf(row(1), row(2), row(3)));
  const queue = createMemoryQueue((index) => index > 1);
  expect(await world.run({ queue })).toMatchObject({ status: 'succeeded' });
  expect(eventIds(queue).sort()).toEqual(['1', '2', '3']);
  expect(await world.last()).toMatchObject({ rows: 3, sent: 3 });
});

test('a queue that takes nothing fails the run, and the next run sends the rows', async () => {
  const world = openWorld(memoryOf(row(1)));
  expect(await world.run({ queue: createMemoryQueue(() => false) })).toMatchObject({ status: 'failed' });
  expect(await world.last()).toMatchObject({ sent: 0, error: { code: 'queue_unavailable' } });
  expect(await world.run()).toMatchObject({ status: 'succeeded' });
  expect(eventIds(world.queue)).toEqual(['1']);
  expect(world.notices).toHaveLength(2);
});

test('an invocation whose lock another one took writes nothing more', async () => {
  const world = openWorld(memoryOf(row(1)));
  const queue = createMemoryQueue();
  const send = async (...args: Parameters<typeof queue.send>) => {
    world.clock.advance(100_000);
    await world.run();
    return queue.send(...args);
  };
  expect(await world.run({ queue: { ...queue, send } })).toMatchObject({ status: 'locked' });
  expect(await readRuns(world.table, 5)).toHaveLength(1);
  expect(eventIds(queue)).toEqual(eventIds(world.queue));
});

test('a row with a wrong time blocks the cursor; once it is right, it is sent', async () => {
  const memory = memoryOf(row(1), row(2, 'yesterday'), row(3));
  const world = openWorld(memory);
  await world.run();
  expect(await world.last()).toMatchObject({ sent: 2, rejected: 1, cursor_blocked: 1 });
  memory.rows = [row(1), row(2), row(3)];
  await world.run();
  expect(eventIds(world.queue)).toEqual(['1', '3', '2']);
  expect(await world.last()).toMatchObject({ sent: 1, cursor_blocked: 0 });
});

test('a million events after a row that blocks the cursor end the run', async () => {
  const world = openWorld(memoryOf(row(1, 'yesterday'), row(2)));
  const ahead = Array.from({ length: 1_000_000 }, (_, index) => index.toString(16).padStart(24, '0'));
  await writeSettled(world.table, 'before', { settled: [], ahead });
  const position = { column: 'changed', type: 'bigint', value: '1', generation: 'before' };
  await world.table.put('state', { state: { S: JSON.stringify({ position }) } });
  expect(await world.run()).toMatchObject({ status: 'failed' });
  expect((await world.last())?.error?.code).toBe('state_full');
}, 60_000);

test('a state that no release wrote stops the invocation: to start anew would send rows again', async () => {
  const world = openWorld(memoryOf(row(1)));
  await world.table.put('state', { state: { S: '{"position":7}' } });
  await expect(world.run()).rejects.toThrow('position');
});

test('a cursor of another type than before is refused', async () => {
  const memory = memoryOf(row(1));
  const world = openWorld(memory);
  await world.run();
  const dates = {
    columns: columns.map((each) => (each.name === 'changed' ? { ...each, type: 'date' } : each)),
  };
  const other = openWorld({ ...memory, ...dates });
  expect(await world.run({ athena: other.athena })).toMatchObject({ status: 'failed' });
  expect((await world.last())?.error?.code).toBe('cursor_type_changed');
});

test('another cursor column starts at its beginning, with the same ids', async () => {
  const world = openWorld(memoryOf(row(1)));
  await world.run();
  const { syncs } = world.context.settings;
  Object.assign(syncs[world.name] ?? {}, { cursor: 'id' });
  await world.run();
  expect(eventIds(world.queue)).toEqual(['1', '1']);
});

test('an event that is too large for a message is rejected, and the others go', async () => {
  // A character that SQS refuses takes six bytes in the queue.
  const contents = JSON.stringify(
    Array.from({ length: 200 }, () => ({ content_name: '\uffff'.repeat(900) })),
  );
  const memory = { columns: [...columns, { name: 'contents', type: 'varchar' }], cursor: 3 };
  const world = openWorld({
    ...memory,
    rows: [
      [...row(1), contents],
      [...row(2), undefined],
    ],
  });
  await world.run();
  expect(await world.last()).toMatchObject({
    rows: 2,
    sent: 1,
    rejected: 1,
    problems: [{ code: 'event_too_large' }],
  });
});

test('rows go to the destination of the sync, unless they name one', async () => {
  const memory = { columns: [...columns, { name: 'destination', type: 'varchar' }], cursor: 3 };
  const rows = [
    [...row(1), undefined],
    [...row(2), 'default'],
  ];
  const world = openWorld({ ...memory, rows }, { destination: 'app', exclude: ['STATE'] });
  Object.assign(world.context.settings.destinations, { app: { pixelCode: 'APP', eventSource: 'web' } });
  await world.run();
  const messages = world.queue.sent.map(({ message }) => JSON.parse(message.body).destination);
  expect(messages).toEqual(['app', 'default']);
  expect(world.queue.sent.map(({ message }) => message.groupId)).toEqual(['app', 'default']);
});

test('a result that is lost three times fails the run', async () => {
  const world = openWorld(memoryOf(row(1)));
  const page: typeof world.athena.page = async (id, token) => {
    if (id === 'query-1') return world.athena.page(id, token);
    throw new ResultGone('gone');
  };
  expect(await world.run({ athena: { ...world.athena, page } })).toMatchObject({ status: 'failed' });
  expect((await world.last())?.error?.code).toBe('result_gone');
});

test('a notice or a hand-over that fails is logged, and loses nothing', async () => {
  const world = openWorld(memoryOf(row(1), row(2, 'yesterday')));
  const telemetry = recordTelemetry();
  const refuse = async () => {
    throw new Error('AccessDenied');
  };
  expect(await world.run({ publisher: { publish: refuse }, telemetry })).toMatchObject({
    status: 'succeeded',
  });
  const context = {
    ...world.context,
    clients: { ...world.context.clients, invoker: { start: refuse }, telemetry },
  };
  await runSync({ sync: world.name, trigger: 'schedule' }, () => 0, context);
  expect(telemetry.lines.map(({ message }) => message)).toEqual(
    expect.arrayContaining(['notice not sent', 'sync handed over late']),
  );
});

test('without a topic, a change of state is only logged', async () => {
  const world = openWorld(memoryOf(row(1, 'yesterday')));
  const settings = { ...world.context.settings, noticeTopicArn: undefined };
  await runSync({ sync: world.name, trigger: 'schedule' }, () => 900_000, { ...world.context, settings });
  expect(world.notices).toEqual([]);
});

test('rejected rows are written in parts, and their files by their folder', async () => {
  const rows = Array.from({ length: 1_300 }, (_, id) => row(id, 'yesterday'.padEnd(8_000, '!')));
  const world = openWorld({ columns, rows, cursor: 3 }, { rejects: 's3://own' });
  await world.run();
  const run = await world.last();
  expect(run).toMatchObject({ rows: 1_300, rejected: 1_300 });
  const lines = [...world.files.values()].flatMap((text) => text.trim().split('\n'));
  expect(lines).toHaveLength(1_300);
});
