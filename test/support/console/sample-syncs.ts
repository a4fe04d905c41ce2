/** Syncs in every state, with runs that have something to say, and the answers of the console about them. */
import type { SyncAnswer, SyncRun, SyncState, SyncSummary } from '../../../console/syncs-api.ts';
import { nowMs } from './sample-rows.ts';

const hourMs = 3_600_000;

const run = (hoursAgo: number, parts: Partial<SyncRun> = {}): SyncRun => ({
  id: `3f2b8c1d-0000-4000-8000-00000000000${hoursAgo}`,
  trigger: 'schedule',
  status: 'succeeded',
  startedAtMs: nowMs - hoursAgo * hourMs,
  tookMs: 14_200,
  rows: 1240,
  sent: 1240,
  omitted: 0,
  rejected: 0,
  filtered: 0,
  alreadySent: 0,
  alreadyAdded: 0,
  blocked: 0,
  bytesScanned: 48_200_000,
  problems: [],
  omissions: [],
  columnsAdded: [],
  columnsRemoved: [],
  ...parts,
});

const rejecting = run(1, {
  ...{ sent: 1112, omitted: 31, rejected: 97, filtered: 12, alreadySent: 19 },
  problems: [
    { field: 'value', code: 'missing', message: 'Purchase needs a value.', count: 90, row: 4 },
    { field: 'event_time', code: 'too_old', message: 'TikTok takes events of 7 days.', count: 7, row: 210 },
  ],
  omissions: [
    { field: 'email', code: 'invalid_email', message: 'The text is no e-mail address.', count: 31, row: 12 },
  ],
  columnsAdded: ['loyalty_tier'],
  columnsRemoved: ['coupon', 'campaign'],
});
const failed = run(2, {
  ...{ status: 'failed', rows: 0, sent: 0, trigger: 'command', tookMs: 2100, bytesScanned: 0 },
  error: {
    code: 'query_failed',
    message: 'Athena could not run the query (COLUMN_NOT_FOUND) at line 1, character 8.',
  },
});

const sync = (
  name: string,
  state: SyncState,
  runs: readonly SyncRun[],
  parts: Partial<SyncSummary> = {},
) => ({
  sync: {
    ...{ name, state, schedule: 'rate(1 hour)', timezone: 'UTC', mode: 'insert', destination: 'default' },
    ...(runs[0] !== undefined && { run: runs[0] }),
    ...parts,
  },
  runs,
});

export const sampleSyncs = (): SyncAnswer[] => [
  sync('orders', 'rejecting', [rejecting, failed, run(3), run(4)], {
    cursor: { column: 'updated_at', value: '2026-11-26 16:15:00.000' },
  }),
  sync('refunds', 'failed', [failed]),
  sync('customers', 'paused', [run(5)], {
    schedule: 'cron(0 6 * * ? *)',
    timezone: 'Europe/Berlin',
    mode: 'add',
    pausedAtMs: nowMs - hourMs,
  }),
  sync('leads', 'running', [run(0, { status: 'running', sent: 900 })]),
  sync('offline-orders', 'new', []),
];

const rejectedRows = [
  {
    row: 4,
    key: 'order-5005',
    cursor: '2026-11-26 15:02:11.000',
    errors: [{ field: 'value', code: 'missing' }],
  },
  { row: 210, key: 'order-1', errors: [{ field: 'event_time', code: 'too_old' }] },
];

/** @returns undefined for a request that is not about syncs */
export function syncsAnswer(syncs: readonly SyncAnswer[], path: string, body: string): unknown {
  const [, area, name] = /^\/_console\/(syncs|rejected-rows)(?:\/([^/]*))?$/.exec(path) ?? [];
  if (area === 'rejected-rows') return { rows: rejectedRows };
  if (area === undefined) return undefined;
  if (name === undefined) return { syncs: syncs.map(({ sync: summary }) => summary) };
  const wanted = ['run', 'pause', 'resume'].includes(name) ? JSON.parse(body).sync : name;
  return syncs.find(({ sync: { name: known } }) => known === wanted);
}
