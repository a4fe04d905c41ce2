/** Starts, pauses or resumes a sync, and keeps what that did in words. A deployed stage asks first. */
import { useState } from 'preact/hooks';
import type { Api } from '../api-client.ts';
import { useAction } from '../parts/use-action.ts';
import { actionTexts, type SyncAction } from './sync-words.ts';

export interface AskedSyncAction {
  /** The action whose question is open. */
  readonly asked: SyncAction | undefined;
  readonly isBusy: boolean;
  readonly note: string;
  readonly fault: string;
  /** On this machine, does the action at once. */
  ask(action: SyncAction | undefined): void;
  /** Does the action that was asked. */
  confirm(): void;
}

export function useSyncAction(api: Api, sync: string, isLocal: boolean, onDone: () => void): AskedSyncAction {
  const [asked, setAsked] = useState<SyncAction>();
  const [note, setNote] = useState('');
  const { isBusy, fault, run } = useAction();
  const act = (action: SyncAction) =>
    run(async () => {
      setNote('');
      await api.actOnSync(action, sync);
      setNote(actionTexts[action].did);
      onDone();
    });
  const ask = (action: SyncAction | undefined) => {
    if (isLocal && action !== undefined) act(action);
    else setAsked(action);
  };
  const confirm = () => {
    setAsked(undefined);
    if (asked !== undefined) act(asked);
  };
  return { asked, isBusy, note, fault, ask, confirm };
}
