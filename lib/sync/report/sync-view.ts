/** A sync and its runs as the commands and the console show them. */
import type { SyncSettings } from '../settings.ts';
import type { SyncTable } from '../state/dynamodb.ts';
import { parseRecord, type Run, type SyncRecord } from '../state/record.ts';

export interface SyncView {
  readonly sync: string;
  readonly schedule: string;
  readonly timezone: string;
  readonly mode: string;
  readonly destination: string;
  readonly health: SyncRecord['health'];
  readonly paused_at: string | null;
  readonly cursor: { readonly column: string; readonly value: string | null } | null;
  readonly running: Run | null;
  readonly last_run: Run | null;
}

/** @throws when the table cannot be read */
export async function viewSync(
  sync: string,
  settings: SyncSettings,
  table: Pick<SyncTable, 'get'>,
): Promise<SyncView> {
  const item = await table.get('state');
  const { health, position, run, last_run } = parseRecord(item?.state?.S);
  return {
    sync,
    schedule: settings.schedule,
    timezone: settings.scheduleTimezone,
    mode: settings.mode,
    destination: settings.destination,
    health,
    paused_at: item?.paused_at?.S ?? null,
    cursor: position === undefined ? null : { column: position.column, value: position.value ?? null },
    running: run ?? null,
    last_run: last_run ?? null,
  };
}

export type SyncState = SyncRecord['health'] | 'paused' | 'running' | 'new';

/** @returns the one word that matters most now */
export function stateOf({ paused_at, running, health, last_run }: SyncView): SyncState {
  if (running !== null) return 'running';
  if (paused_at !== null) return 'paused';
  return last_run === null ? 'new' : health;
}
