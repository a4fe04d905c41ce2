/** One notice when the state of a sync changes: not one for every run. */

import type { SyncSettings } from '../settings.ts';
import type { Health, Run, SyncRecord } from '../state/record.ts';

/** @param emptyRuns runs without a row in a row, this one included */
export function healthAfter(
  run: Run,
  { health: before }: Pick<SyncRecord, 'health'>,
  emptyRuns: number,
  { notices }: Pick<SyncSettings, 'notices'>,
): Health {
  if (run.status === 'failed') return 'failed';
  if (run.cursor_blocked > 0) return 'blocked';
  if (run.rows > 0 && (run.rejected / run.rows) * 100 > notices.rejectedPercent) return 'rejecting';
  if (notices.emptyRuns > 0 && emptyRuns >= notices.emptyRuns) return 'empty';
  // A run without rows says nothing about rows.
  return run.rows === 0 && before === 'rejecting' ? before : 'ok';
}

interface Notice {
  readonly subject: string;
  readonly text: string;
}

export function noticeOf(stage: string, sync: string, run: Run, health: Health, emptyRuns: number): Notice {
  const words: Readonly<Record<Health, string>> = {
    ok: 'has recovered',
    failed: 'failed',
    blocked: 'cannot move on',
    rejecting: 'rejects rows',
    empty: 'finds no rows',
  };
  const subject = `tiktok-events ${stage}: sync ${sync} ${words[health]}`;
  return {
    subject: subject.slice(0, 100),
    text: [subject, '', ...reasons(run, health, emptyRuns), '', next(stage, sync)].join('\n'),
  };
}

function reasons(run: Run, health: Health, emptyRuns: number): string[] {
  const worst = run.problems.slice(0, 5).map(({ field, code, count }) => `- ${count} times ${field} ${code}`);
  switch (health) {
    case 'ok':
      return [`The last run read ${run.rows} rows and sent ${run.sent} events.`];
    case 'failed':
      return [String(run.error?.message), 'The next run continues where this one stopped.'];
    case 'blocked':
      return [
        `${run.cursor_blocked} rows stop the cursor: their time is wrong, or later than now.`,
        ...worst,
      ];
    case 'rejecting':
      return [`The last run rejected ${run.rejected} of ${run.rows} rows.`, ...worst];
    case 'empty':
      return [`The last ${emptyRuns} runs read no row. Was the table rebuilt, or did its writer stop?`];
  }
}

const next = (stage: string, sync: string): string =>
  `Look at it: npx --no tiktok-events syncs history ${sync} --stage ${stage}`;
