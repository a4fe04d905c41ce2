/** One run: its numbers, and what it has to say about its rows and columns. */
import { useEffect, useState } from 'preact/hooks';
import type { SyncRun } from '../../syncs-api.ts';
import type { Api } from '../api-client.ts';
import { Pill } from '../parts/pill.tsx';
import { Time } from '../parts/time.tsx';
import { absoluteTime, durationText, shortTime } from '../text/format-time.ts';
import type { Tone } from '../text/words.ts';
import { ProblemTable } from './problem-table.tsx';
import { RejectedRows } from './rejected-rows.tsx';
import { bytesText, runNumbers, triggerText } from './sync-words.ts';

interface RunProps {
  readonly api: Api;
  readonly sync: string;
  readonly run: SyncRun;
  readonly isNewest: boolean;
}

export function OneRun({ api, sync, run, isNewest }: RunProps) {
  const [isOpen, setOpen] = useState(false);
  // The newest run opens once, also when it gets something to say while it is shown.
  const opensItself = isNewest && isRemarkable(run);
  useEffect(() => {
    if (opensItself) setOpen(true);
  }, [opensItself]);
  const { status, startedAtMs, tookMs, bytesScanned } = run;
  return (
    <details class="request" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Time ms={startedAtMs}>{shortTime(startedAtMs, Date.now())}</Time>
        <Pill tone={tones[status]}>{status}</Pill>
        <span class="message">{runNumbers(run)}</span>
        <span class="dim">
          {tookMs !== undefined && `${durationText(tookMs)}, `}
          {bytesText(bytesScanned)} scanned
        </span>
      </summary>
      {isOpen && <RunBody api={api} sync={sync} run={run} />}
    </details>
  );
}

const tones: Readonly<Record<SyncRun['status'], Tone>> = {
  running: 'neutral',
  succeeded: 'good',
  failed: 'bad',
};

const isRemarkable = ({ error, problems, omissions, columnsAdded, columnsRemoved }: SyncRun): boolean =>
  error !== undefined || [problems, omissions, columnsAdded, columnsRemoved].some(({ length }) => length > 0);

const RunBody = ({ api, sync, run }: Omit<RunProps, 'isNewest'>) => (
  <div class="run">
    {run.error !== undefined && (
      <p class="fault-text">
        {run.error.message} <code>{run.error.code}</code>
      </p>
    )}
    {run.blocked > 0 && <p>The cursor does not pass {run.blocked} of the rows: correct them in the table.</p>}
    <Columns title="New columns" names={run.columnsAdded} />
    <Columns title="Columns that are gone" names={run.columnsRemoved} />
    <ProblemTable title="Problems, by field and code" problems={run.problems} />
    <ProblemTable title="Values that were left out" problems={run.omissions} />
    {run.rejected > 0 && <RejectedRows api={api} sync={sync} run={run} />}
    <p class="dim">
      Run <code>{run.id}</code>, {triggerText(run.trigger)} on {absoluteTime(run.startedAtMs)}.
    </p>
  </div>
);

const Columns = ({ title, names }: { readonly title: string; readonly names: readonly string[] }) =>
  names.length === 0 ? null : (
    <p>
      {title}: <code>{names.join(', ')}</code>
    </p>
  );
