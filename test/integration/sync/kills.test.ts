import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SyncContext } from '../../../lib/sync/context.ts';
import { runSync } from '../../../lib/sync/run-sync.ts';
import { leaseMs } from '../../../lib/sync/state/lock.ts';
import { createRandom, type Random } from '../../support/random.ts';
import type { MemoryTable } from '../../support/sync/memory-athena.ts';
import { mortal } from '../../support/sync/mortal.ts';
import { createSyncWorld, eventIds, startTable } from '../../support/sync/sync-world.ts';

let dynamo: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  dynamo = await startTable();
});
afterAll(() => dynamo.stop());

const columns = [
  { name: 'email', type: 'varchar' },
  { name: 'value', type: 'bigint' },
  { name: 'changed', type: 'bigint' },
];

/** Many rows share a cursor value, and some rows are equal: both are events of their own. */
const rowsOf = (random: Random, count: number): string[][] =>
  Array.from({ length: count }, () => [
    `a${random.between(0, 9)}@example.com`,
    String(random.between(1, 3)),
    String(random.between(1, 8)),
  ]);

/** Runs until one invocation ends by itself. @returns how many were killed */
async function runWithKills(
  context: SyncContext,
  sync: string,
  random: Random,
  advance: (ms: number) => void,
): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const clients = mortal(context.clients, random.between(1, 25), random.isHit(0.5));
    const answer = await runSync({ sync, trigger: 'schedule' }, () => 900_000, { ...context, clients }).catch(
      () => undefined,
    );
    if (answer?.status === 'succeeded' && !clients.isDead()) return kills;
    expect(clients.isDead(), JSON.stringify(answer)).toBe(true);
    advance(leaseMs + 1);
  }
}

/** Three batches of 500 events. */
const rowCount = 1_200;

const mapping = { event_name: "'Purchase'", value: 'value' };

test.each([
  ['with a cursor', { cursor: 'changed', mapping }],
  ['without a cursor', { mapping }],
])(
  'a sync %s that is killed anywhere sends every row, and each with the same id',
  async (label, settings) => {
    let kills = 0;
    const wanted = Number(process.env.SYNC_KILLS ?? 200) / 2;
    for (let seed = 1; kills < wanted; seed += 1) {
      const random = createRandom(seed);
      const memory: MemoryTable = { columns, rows: rowsOf(random, rowCount), cursor: 2 };
      const table = 'cursor' in settings ? memory : { columns, rows: memory.rows };
      const name = `${label} ${seed}`;
      const whole = createSyncWorld(dynamo.client, table, settings, {
        name: `${name} whole`,
        rowsPerPage: 250,
      });
      await runSync({ sync: `${name} whole`, trigger: 'schedule' }, () => 900_000, whole.context);
      const expected = new Set(eventIds(whole.queue));
      expect(expected.size).toBe(rowCount);
      const world = createSyncWorld(dynamo.client, table, settings, { name, stepMs: 300, rowsPerPage: 250 });
      kills += await runWithKills(world.context, name, random, world.clock.advance);
      expect(new Set(eventIds(world.queue)), `seed ${seed}`).toEqual(expected);
      if (!('cursor' in settings)) continue;
      const sent = world.queue.sent.length;
      await runSync({ sync: name, trigger: 'schedule' }, () => 900_000, world.context);
      expect(world.queue.sent.length, 'the next run repeats nothing').toBe(sent);
    }
  },
  600_000,
);
