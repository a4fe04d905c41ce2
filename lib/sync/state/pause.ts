/** The flag that keeps a sync from running by its schedule: in the table, so that a deployment does not wake a paused sync. */
import type { SyncTable } from './dynamodb.ts';

/** @param pausedAt ISO 8601 in UTC; undefined lets the sync run again */
export async function setPaused(
  table: Pick<SyncTable, 'update'>,
  pausedAt: string | undefined,
): Promise<void> {
  const isPause = pausedAt !== undefined;
  await table.update({
    item: 'state',
    expression: isPause ? 'set #paused = :now' : 'remove #paused',
    names: { '#paused': 'paused_at' },
    values: isPause ? { ':now': { S: pausedAt } } : {},
  });
}
