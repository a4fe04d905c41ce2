/** One invocation of the function `sync`: takes the lock, goes on with the run or starts one, and ends it or hands it over. */
import { errorName } from '../privacy/error-name.ts';
import { HandOver, type Invocation, type SyncContext } from './context.ts';
import { endRun } from './end-run.ts';
import { RunFault } from './engine/fault.ts';
import { readQuery } from './read-query.ts';
import { LockLost, takeLock } from './state/lock.ts';
import { newRun } from './state/record.ts';

/** What starts an invocation. */
export interface SyncEvent {
  readonly sync: string;
  readonly trigger: string;
}

export interface SyncAnswer {
  readonly sync: string;
  readonly run?: string;
  readonly status: 'succeeded' | 'failed' | 'handed_over' | 'locked' | 'paused' | 'unknown_sync';
}

/** Writing the state, and starting the next invocation, take a few seconds; a throttled table takes more. */
const reserveMs = 45_000;
/** Invocations in a row that settle nothing: the next one would not either. */
const maxStalled = 3;

/**
 * @param remainingMs milliseconds that Lambda still gives
 * @throws when the table cannot be used; Lambda then invokes the function again
 */
export async function runSync(
  { sync, trigger }: SyncEvent,
  remainingMs: () => number,
  context: SyncContext,
): Promise<SyncAnswer> {
  const { settings, clients, clock } = context;
  const own = Object.hasOwn(settings.syncs, sync) ? settings.syncs[sync] : undefined;
  if (own === undefined) return { sync, status: 'unknown_sync' };
  const table = clients.openTable(sync);
  const lock = await takeLock(table, context.random(), clock);
  if (lock === undefined) return { sync, status: 'locked' };
  const { record } = lock;
  if (lock.isPaused && trigger === 'schedule') {
    await lock.release(record);
    return { sync, status: 'paused' };
  }
  const run = record.run ?? newRun(context.random(), trigger, clock.now());
  record.run = run;
  run.invocations += 1;
  const checkTime = (): void => {
    if (remainingMs() < reserveMs) throw new HandOver();
  };
  return invoke({ sync, settings: own, context, table, lock, record, run, checkTime });
}

async function invoke(invocation: Invocation): Promise<SyncAnswer> {
  const { sync, record, run } = invocation;
  try {
    if (record.stalled >= maxStalled) throw tooSlow;
    await readQuery(invocation);
    await endRun(invocation, undefined);
    return { sync, run: run.id, status: 'succeeded' };
  } catch (error) {
    if (error instanceof LockLost) return { sync, run: run.id, status: 'locked' };
    if (error instanceof HandOver) return handOver(invocation);
    await endRun(invocation, toFault(error));
    return { sync, run: run.id, status: 'failed' };
  }
}

const tooSlow = new RunFault(
  'no_progress',
  'Three invocations in a row came no further. Without a cursor, each one reads the result from its start: add a cursor, or read less.',
);

/** The next invocation needs the lock, so it starts after this one has given it back. */
async function handOver({ sync, lock, record, run, context }: Invocation): Promise<SyncAnswer> {
  record.stalled += 1;
  await lock.release(record);
  const { invoker, telemetry } = context.clients;
  try {
    await invoker.start(context.settings.functionName, { sync, trigger: 'handover' });
  } catch (error) {
    // The schedule starts it again, later.
    telemetry.warn('sync handed over late', { source: sync, trace: run.id, error: errorName(error) });
  }
  return { sync, run: run.id, status: 'handed_over' };
}

/** Messages of AWS can repeat what was sent: only the name of the error is kept. */
const toFault = (error: unknown): RunFault =>
  error instanceof RunFault
    ? error
    : new RunFault('aws_error', `${errorName(error)}: see the log of the function sync, and its rights.`, {
        cause: error,
      });
