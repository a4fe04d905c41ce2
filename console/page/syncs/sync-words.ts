/** Syncs and their runs in words. */
import type { RejectedRowsAnswer, SyncRun, SyncState, SyncSummary } from '../../syncs-api.ts';
import { counted, countText, type Tone } from '../text/words.ts';

export const states: Readonly<Record<SyncState, { readonly tone: Tone; readonly text: string }>> = {
  new: { tone: 'neutral', text: 'It has not run yet.' },
  running: { tone: 'neutral', text: 'A run is in progress.' },
  paused: { tone: 'warning', text: 'Paused: its schedule starts no run.' },
  ok: { tone: 'good', text: 'The last run ended well.' },
  failed: { tone: 'bad', text: 'The last run failed. The next one continues where it stopped.' },
  blocked: { tone: 'bad', text: 'Rows stop the cursor: their time is wrong, or later than now.' },
  rejecting: {
    tone: 'warning',
    text: 'Of the last rows, more were rejected than `notices.rejectedPercent` allows.',
  },
  empty: {
    tone: 'warning',
    text: 'The last runs read no row. Was the table rebuilt, or did its writer stop?',
  },
};

const triggers: Readonly<Record<string, string>> = {
  schedule: 'started by the schedule',
  command: 'started by hand',
  handover: 'continued by the function itself',
};

export const triggerText = (trigger: string): string => triggers[trigger] ?? trigger;

/** `8 rows · 7 sent · 1 rejected`; what did not happen is left out. */
export function runNumbers(run: SyncRun): string {
  const { rows, sent, omitted, rejected, filtered, alreadySent, alreadyAdded, blocked } = run;
  const others: readonly (readonly [number, string])[] = [
    [omitted, 'with an omission'],
    [rejected, 'rejected'],
    [blocked, 'blocked'],
    [filtered, 'left out by the mapping'],
    [alreadySent, 'sent before'],
    [alreadyAdded, 'added before'],
  ];
  const parts = others.filter(([count]) => count > 0).map(([count, text]) => `${countText(count)} ${text}`);
  return [counted(rows, 'row'), `${countText(sent)} sent`, ...parts].join(' · ');
}

/** In the units in which Athena charges: `0 kB`, `12 MB`, `1.4 GB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${countText(Math.ceil(bytes / 1e3))} kB`;
  return bytes < 1e9 ? `${countText(Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** `rate(1 hour)`, or a cron expression with its zone. */
export const scheduleText = ({ schedule, timezone }: Pick<SyncSummary, 'schedule' | 'timezone'>): string =>
  schedule.startsWith('cron') ? `${schedule} ${timezone}` : schedule;

/** `email invalid_email, value missing`. */
export const errorsText = (errors: RejectedRowsAnswer['rows'][number]['errors']): string =>
  errors.map(({ field, code }) => `${field} ${code}`.trim()).join(', ');

export type SyncAction = 'run' | 'pause' | 'resume';

export const actionTexts: Readonly<
  Record<SyncAction, { readonly label: string; readonly follows: string; readonly did: string }>
> = {
  run: {
    label: 'Run now',
    follows: 'Athena runs the query, which costs money, and the gateway sends the rows that are new.',
    did: 'Started: its run appears below.',
  },
  pause: {
    label: 'Pause',
    follows: 'Its schedule starts no run until you resume it. A run in progress ends first.',
    did: 'Paused. A run in progress ends first.',
  },
  resume: {
    label: 'Resume',
    follows: 'Its schedule starts runs again. The next one continues where the last one stopped.',
    did: 'Resumed.',
  },
};
