/** The run of a sync over Athena's and DynamoDB's own protocols. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAthenaApi } from '../../../lib/sync/engine/athena.ts';
import { runSync } from '../../../lib/sync/run-sync.ts';
import { readRuns } from '../../../lib/sync/state/history.ts';
import { type AthenaServer, startAthena } from '../../../local/athena/athena.ts';
import { createSyncWorld, eventIds, startTable } from '../../support/sync/sync-world.ts';

let dynamo: Awaited<ReturnType<typeof startTable>>;
let server: AthenaServer;
beforeAll(async () => {
  [dynamo, server] = await Promise.all([startTable(), startAthena()]);
});
afterAll(() => Promise.all([dynamo.stop(), server.stop()]));
afterEach(() => {
  server.heal();
  dynamo.server.heal();
});

let worlds = 0;
const mapping = { event_name: "'Purchase'" };

/** A sync of its own for each test. */
function openWorld(settings: object) {
  worlds += 1;
  const name = `engine-${worlds}`;
  const world = createSyncWorld(dynamo.client, { columns: [], rows: [] }, { mapping, ...settings }, { name });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const athena = createAthenaApi({ endpoint: server.url, region: 'us-east-1', credentials });
  const context = { ...world.context, clients: { ...world.context.clients, athena } };
  const table = context.clients.openTable(name);
  return {
    ...world,
    table,
    run: () => runSync({ sync: name, trigger: 'schedule' }, () => 900_000, context),
    last: async () => (await readRuns(table, 1))[0],
    events: () => world.queue.sent.map(({ message }) => JSON.parse(message.body).event),
  };
}

const columnsOf = (types: Readonly<Record<string, string>>) =>
  Object.entries(types).map(([name, type]) => ({ name, type }));

test('every type of Athena becomes the value that it means', async () => {
  const world = openWorld({
    timezone: 'Europe/Berlin',
    query: `select 'a@example.com' as email, cast(9007199254740993 as bigint) as big, DECIMAL '49.90' as money,
      1.5 as ratio, true as yes, DATE '2026-11-26' as day, TIMESTAMP '2026-11-26 09:15:00' as local_time,
      TIMESTAMP '2026-11-26 09:15:00 UTC' as event_time, array['a', null, 'b'] as list,
      map(array['k'], array[1]) as pairs, cast(row(1, 'x') as row(id integer, name varchar)) as pair,
      X'0a1b' as bytes, cast(null as varchar) as nothing`,
    mapping: {
      event_name: "'Purchase'",
      value: 'money',
      custom_properties: {
        big: 'big',
        ratio: 'ratio',
        yes: 'yes',
        day: 'day',
        local_time: 'local_time',
        list: 'list',
        pairs: 'pairs',
        pair: 'pair',
        bytes: 'bytes',
        nothing: 'nothing',
      },
    },
  });
  expect(await world.run()).toMatchObject({ status: 'succeeded' });
  const [event] = world.events();
  expect(event).toMatchObject({ value: 49.9, event_time: 1_795_684_500 });
  expect(event.custom_properties).toEqual({
    big: '9007199254740993',
    ratio: 1.5,
    yes: true,
    day: '2026-11-26',
    local_time: '2026-11-26T08:15:00Z',
    list: ['a', 'b'],
    pairs: { k: 1 },
    pair: { id: 1, name: 'x' },
    bytes: '0a1b',
  });
});

describe('a cursor', () => {
  test.each([
    ['whole numbers', 'cast(id as bigint)', '3'],
    ['decimals', "cast(id as decimal(10, 2)) + DECIMAL '0.50'", '3.50'],
    ['dates', "date_add('day', id, DATE '2026-11-01')", '2026-11-04'],
    ['times', "date_add('minute', id, TIMESTAMP '2026-11-26 09:15:00')", '2026-11-26 09:18:00'],
    [
      'times with a zone',
      "date_add('minute', id, TIMESTAMP '2026-11-26 09:15:00 UTC')",
      '2026-11-26T09:18:00Z',
    ],
    ['text of one form', "'2026-11-0' || cast(id as varchar)", '2026-11-03'],
  ])('of %s moves on, and the next run reads from there', async (_, expression, value) => {
    const query = `select 'a' || cast(id as varchar) || '@example.com' as email, ${expression} as changed from (values (1), (2), (3)) as t(id)`;
    const world = openWorld({ cursor: 'changed', query });
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
    expect(await world.last()).toMatchObject({ rows: 0, already_sent: 1 });
    const state = JSON.parse((await world.table.get('state'))?.state?.S ?? '{}');
    expect(state.position.value).toBe(value);
    expect(new Set(eventIds(world.queue)).size).toBe(3);
  });

  test.each([
    ['is no column of the query', "select 'a@example.com' as email", 'cursor_missing'],
    ['has a type without an order', "select 'a@example.com' as email, array[1] as changed", 'cursor_type'],
    ['has numbers as text', "select 'a@example.com' as email, '10' as changed", 'cursor_is_text'],
  ])('that %s fails the run and says so', async (_, query, code) => {
    const world = openWorld({ cursor: 'changed', query });
    expect(await world.run()).toMatchObject({ status: 'failed' });
    expect((await world.last())?.error?.code).toBe(code);
    expect(world.queue.sent).toEqual([]);
  });

  test('that goes back within a result fails the run: it would leave out rows', async () => {
    const world = openWorld({ cursor: 'changed', query: 'select 1' });
    server.script({ when: /limit 0$/, columns: columnsOf({ email: 'varchar', changed: 'varchar' }) });
    server.script({
      columns: columnsOf({ email: 'varchar', changed: 'varchar', __tiktok_events_cursor: 'varchar' }),
      rows: [
        ['a@example.com', 'b', 'b'],
        ['a@example.com', 'a', 'a'],
      ],
    });
    await world.run();
    expect((await world.last())?.error?.code).toBe('cursor_order');
  });

  test('that is null rejects the row, every time, and the others go', async () => {
    const query =
      "select email, changed from (values ('a@example.com', 1), ('b@example.com', null)) as t(email, changed)";
    const world = openWorld({ cursor: 'changed', query });
    await world.run();
    expect(await world.last()).toMatchObject({ rows: 2, sent: 1, rejected: 1 });
    expect((await world.last())?.problems).toMatchObject([{ code: 'empty_cursor' }]);
  });

  test('later than now does not move on; the event goes out once', async () => {
    const query =
      "select email, changed from (values ('a@example.com', DATE '2026-11-20'), ('b@example.com', DATE '9999-12-31')) as t(email, changed)";
    const world = openWorld({ cursor: 'changed', query });
    await world.run();
    await world.run();
    expect(world.queue.sent).toHaveLength(2);
    expect(await world.last()).toMatchObject({ status: 'succeeded', cursor_blocked: 1 });
    expect(world.notices.map((notice) => notice.replace(/.*engine-\d+ /, ''))).toEqual(['cannot move on']);
  });
});

describe('a query', () => {
  const query = "select 'a@example.com' as email";

  test('that fails is reported without the value it failed on', async () => {
    const world = openWorld({ query });
    server.script({
      fail: { reason: "INVALID_CAST_ARGUMENT: line 1:8: Cannot cast 'eve@example.com' to bigint" },
    });
    expect(await world.run()).toMatchObject({ status: 'failed' });
    const run = await world.last();
    expect(run?.error).toMatchObject({ code: 'query_failed' });
    expect(run?.error?.message).toContain('INVALID_CAST_ARGUMENT) at line 1, character 8');
    expect(JSON.stringify(run)).not.toContain('eve@');
    expect(world.notices).toEqual([expect.stringContaining('failed')]);
  });

  test('that a workgroup refuses says what to check', async () => {
    const world = openWorld({ query, workgroup: 'missing' });
    await world.run();
    expect((await world.last())?.error).toMatchObject({
      code: 'query_refused',
      message: expect.stringContaining('InvalidRequestException'),
    });
  });

  test('whose result may not be read fails with the name of the error', async () => {
    const world = openWorld({ query });
    server.fail({ error: 'AccessDeniedException', operation: 'GetQueryResults' });
    await world.run();
    expect((await world.last())?.error).toMatchObject({
      code: 'aws_error',
      message: expect.stringContaining('AccessDeniedException'),
    });
  });

  test('that Athena throttles for a while is run all the same', async () => {
    const world = openWorld({ query });
    server.fail({ error: 'ThrottlingException', operation: 'StartQueryExecution', times: 2 });
    server.fail({ error: 'ThrottlingException', operation: 'GetQueryResults', times: 2 });
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
    expect(world.queue.sent).toHaveLength(1);
  });

  test('whose result is lost in the middle runs again, and each row counts once', async () => {
    const world = openWorld({ query });
    server.script({
      columns: columnsOf({ email: 'varchar' }),
      rows: Array.from({ length: 2_500 }, (_, id) => [`a${id}@example.com`]),
    });
    const page = world.context.clients.queue.send;
    let isFirst = true;
    Object.assign(world.context.clients.queue, {
      send: (...args: Parameters<typeof page>) => {
        if (isFirst) server.expireTokens();
        isFirst = false;
        return page(...args);
      },
    });
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
    expect(new Set(eventIds(world.queue)).size).toBe(2_500);
    expect(await world.last()).toMatchObject({ rows: 2_500, sent: 2_500 });
  });

  test('without rows is a run without rows', async () => {
    const world = openWorld({ query: `${query} where 1 = 0` });
    await world.run();
    expect(await world.last()).toMatchObject({ status: 'succeeded', rows: 0, sent: 0 });
  });

  test('with equal rows sends each of them, with the same ids in the next run', async () => {
    const world = openWorld({ query: `${query} union all ${query}` });
    await world.run();
    await world.run();
    expect(world.queue.sent).toHaveLength(4);
    expect(new Set(eventIds(world.queue)).size).toBe(2);
  });

  test('that changes its columns says which, and fails where the mapping needs one that is gone', async () => {
    const settings = { query, mapping: { event_name: "'Purchase'", value: 'total' } };
    const world = openWorld(settings);
    server.script({
      columns: columnsOf({ email: 'varchar', total: 'bigint' }),
      rows: [['a@example.com', '5']],
      times: 2,
    });
    await world.run();
    server.script({
      columns: columnsOf({ email: 'varchar', sum: 'bigint' }),
      rows: [['b@example.com', '5']],
    });
    expect(await world.run()).toMatchObject({ status: 'failed' });
    expect(await world.last()).toMatchObject({
      columns_added: ['sum'],
      columns_removed: ['total'],
      error: { code: 'columns_missing', message: expect.stringContaining('value') },
    });
    expect(world.queue.sent).toHaveLength(1);
  });

  test('with a thousand columns and a cell of 10 MB loses only what is too large', async () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `c${index}`);
    const world = openWorld({
      query,
      mapping: { event_name: "'Purchase'", custom_properties: { large: 'c999' } },
    });
    server.script({
      columns: columnsOf(Object.fromEntries(['email', ...names].map((name) => [name, 'varchar']))),
      rows: [
        ['a@example.com', ...names.map((name) => (name === 'c999' ? 'x'.repeat(10_000_000) : '1'))],
        ['b@example.com', ...names.map(() => '1')],
      ],
    });
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
    const run = await world.last();
    expect(run).toMatchObject({ rows: 2, sent: 2, omitted: 1 });
    expect(run?.omissions).toMatchObject([{ field: 'custom_properties.large' }]);
  });
});

describe('the table', () => {
  const query = "select 'a@example.com' as email";

  test('may be throttled for a while', async () => {
    const world = openWorld({ query });
    dynamo.server.fail({ error: 'ProvisionedThroughputExceededException', times: 3 });
    expect(await world.run()).toMatchObject({ status: 'succeeded' });
  });

  test('that stays unusable ends the invocation with an error, and Lambda repeats it', async () => {
    const world = openWorld({ query });
    dynamo.server.fail({ error: 'ResourceNotFoundException' });
    await expect(world.run()).rejects.toThrow();
  });
});
