/** The scheduled syncs of the stage, and the runs of one of them. */
import type { ConsoleState } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { FaultText } from '../parts/fault-text.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { usePoll } from '../parts/use-poll.ts';
import { SyncDetail } from './sync-detail.tsx';
import { SyncTable } from './sync-table.tsx';

interface ViewProps {
  readonly api: Api;
  readonly state: ConsoleState;
  /** The sync in the address; the first one without it. */
  readonly chosen: string | undefined;
}

export function SyncsView({ api, state, chosen }: ViewProps) {
  const { data, fault, reload } = useLoaded(api.syncs, String(state.hasSyncs));
  const everyMs = pollMsOf(state);
  usePoll(reload, everyMs);
  const syncs = data?.syncs ?? [];
  const sync = syncs.find(({ name }) => name === chosen) ?? syncs[0];
  return (
    <>
      <h1 class="title">Syncs</h1>
      <p class="lead">
        Queries whose rows become events.{' '}
        {state.isLocal
          ? 'On this machine no schedule starts them: run them by hand.'
          : 'A schedule runs them.'}
      </p>
      {state.hasSyncs ? (
        <FaultText text={fault} />
      ) : (
        <p class="card empty dim">This stage has no syncs. The guide is docs/sync.md.</p>
      )}
      {state.hasSyncs && data === undefined && fault === '' && <p class="dim">Loading …</p>}
      {state.hasSyncs && sync !== undefined && (
        <>
          <SyncTable syncs={syncs} chosen={sync.name} />
          <SyncDetail
            key={sync.name}
            api={api}
            state={state}
            name={sync.name}
            everyMs={everyMs}
            onChanged={reload}
          />
        </>
      )}
    </>
  );
}

/** On a deployed stage, each look reads the table. */
const pollMsOf = ({ isLocal }: ConsoleState): number => (isLocal ? 1500 : 5000);
