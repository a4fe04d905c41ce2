/** One sync: what you can do with it, and its last runs. */
import type { ConsoleState } from '../../api.ts';
import type { SyncAnswer, SyncSummary } from '../../syncs-api.ts';
import type { Api } from '../api-client.ts';
import { FaultText } from '../parts/fault-text.tsx';
import { Pill } from '../parts/pill.tsx';
import { Prose } from '../parts/prose.tsx';
import { Time } from '../parts/time.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { usePoll } from '../parts/use-poll.ts';
import { shortTime } from '../text/format-time.ts';
import { ConfirmSync } from './confirm-sync.tsx';
import { OneRun } from './one-run.tsx';
import { actionTexts, scheduleText, states } from './sync-words.ts';
import { type AskedSyncAction, useSyncAction } from './use-sync-action.ts';

interface DetailProps {
  readonly api: Api;
  readonly state: ConsoleState;
  readonly name: string;
  readonly everyMs: number;
  readonly onChanged: () => void;
}

export function SyncDetail({ api, state, name, everyMs, onChanged }: DetailProps) {
  const { data, fault, reload } = useLoaded<SyncAnswer>(() => api.sync(name), name);
  usePoll(reload, everyMs);
  const action = useSyncAction(api, name, state.isLocal, () => {
    reload();
    onChanged();
  });
  return (
    <section class="card sync" aria-labelledby="sync-title">
      <div class="sync-head">
        <h2 id="sync-title">{name}</h2>
        {data !== undefined && <Pill tone={states[data.sync.state].tone}>{data.sync.state}</Pill>}
        <span class="space" />
        {data !== undefined && <Buttons sync={data.sync} action={action} isLocal={state.isLocal} />}
      </div>
      <p class="note" role="status">
        {action.note}
      </p>
      <FaultText text={action.fault || fault} />
      {data === undefined && fault === '' && <p class="dim">Loading …</p>}
      {data !== undefined && <Facts sync={data.sync} />}
      {data !== undefined && <Runs api={api} answer={data} />}
      {action.asked !== undefined && (
        <ConfirmSync
          action={action.asked}
          sync={name}
          stage={state.stage}
          onCancel={() => action.ask(undefined)}
          onConfirm={action.confirm}
        />
      )}
    </section>
  );
}

interface ButtonsProps {
  readonly sync: SyncSummary;
  readonly action: AskedSyncAction;
  readonly isLocal: boolean;
}

function Buttons({ sync, action, isLocal }: ButtonsProps) {
  const dots = isLocal ? '' : ' …';
  const pause = sync.pausedAtMs === undefined ? 'pause' : 'resume';
  return (
    <div class="sync-buttons">
      <button
        type="button"
        class="main"
        disabled={action.isBusy || sync.state === 'running'}
        onClick={() => action.ask('run')}
      >
        {actionTexts.run.label}
        {dots}
      </button>
      <button type="button" disabled={action.isBusy} onClick={() => action.ask(pause)}>
        {actionTexts[pause].label}
        {dots}
      </button>
    </div>
  );
}

const Facts = ({ sync }: { readonly sync: SyncSummary }) => (
  <p class="dim">
    <Prose text={states[sync.state].text} /> Schedule <code>{scheduleText(sync)}</code>, destination{' '}
    <code>{sync.destination}</code>, mode <code>{sync.mode}</code>.
    {sync.pausedAtMs !== undefined && (
      <>
        {' '}
        Paused since <Time ms={sync.pausedAtMs}>{shortTime(sync.pausedAtMs, Date.now())}</Time>.
      </>
    )}
  </p>
);

const Runs = ({ api, answer: { sync, runs } }: { readonly api: Api; readonly answer: SyncAnswer }) => (
  <div>
    <h3>Last runs</h3>
    {runs.length === 0 && <p class="empty dim">No run has ended in the last 90 days.</p>}
    {runs.map((run, index) => (
      <OneRun key={run.id} api={api} sync={sync.name} run={run} isNewest={index === 0} />
    ))}
  </div>
);
