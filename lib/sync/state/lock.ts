/**
 * One run at a time: the item `state` names its owner until a moment. An owner that is killed leaves the lock, which ends by
 * itself; an owner that lost it can write nothing any more, because every write asks for its name.
 */
import type { Clock } from '../../clock/clock.ts';
import type { SyncTable } from './dynamodb.ts';
import { parseRecord, type SyncRecord } from './record.ts';

/** Longer than any pause between two saves, and short enough that a killed run starts again soon. */
export const leaseMs = 90_000;

const item = 'state';

/** Another invocation has the lock: this one must stop, and write nothing. */
export class LockLost extends Error {
  override readonly name = 'LockLost';
}

export interface Lock {
  readonly record: SyncRecord;
  /** The operator paused the sync. */
  readonly isPaused: boolean;
  /** Writes the record and keeps the lock. @throws LockLost */
  save(record: SyncRecord): Promise<void>;
  /** Writes the record and gives the lock back. @throws LockLost */
  release(record: SyncRecord): Promise<void>;
}

/** @returns undefined when another run has the lock */
export async function takeLock(table: SyncTable, owner: string, clock: Clock): Promise<Lock | undefined> {
  const taken = await table.update({
    item,
    expression: 'set #owner = :owner, #until = :until',
    condition: 'attribute_not_exists(#owner) or #until < :now or #owner = :owner',
    names: { '#owner': 'owner', '#until': 'lease_until' },
    values: { ':owner': { S: owner }, ':until': until(clock), ':now': { N: String(clock.now()) } },
  });
  if (taken === undefined) return undefined;
  const write = async (record: SyncRecord, expression: string, values: object): Promise<void> => {
    const written = await table.update({
      item,
      expression,
      condition: '#owner = :owner',
      names: { '#owner': 'owner', '#until': 'lease_until', '#state': 'state' },
      values: { ':owner': { S: owner }, ':state': { S: JSON.stringify(record) }, ...values },
    });
    if (written === undefined) throw new LockLost('another run has the lock of the sync');
  };
  return {
    record: parseRecord(taken.state?.S),
    isPaused: taken.paused_at !== undefined,
    save: (record) => write(record, 'set #state = :state, #until = :until', { ':until': until(clock) }),
    release: (record) => write(record, 'set #state = :state remove #owner, #until', {}),
  };
}

const until = (clock: Clock) => ({ N: String(clock.now() + leaseMs) });
