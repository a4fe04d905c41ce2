/** Replays or discards dead letters after a question, and keeps what that did in words. */
import { useState } from 'preact/hooks';
import type { Api } from '../api-client.ts';
import { useAction } from '../parts/use-action.ts';
import { describeAnswer } from './describe-answer.ts';

export type LetterAction = 'replay' | 'discard';

export interface AskedAction {
  /** The action whose question is open. */
  readonly asked: LetterAction | undefined;
  readonly isBusy: boolean;
  readonly note: string;
  readonly fault: string;
  ask(action: LetterAction | undefined): void;
  /** Does the action that was asked. */
  confirm(): void;
}

export function useLetterAction(api: Api, ids: readonly string[], onDone: () => void): AskedAction {
  const [asked, ask] = useState<LetterAction>();
  const [note, setNote] = useState('');
  const { isBusy, fault, run } = useAction();
  const confirm = () => {
    if (asked === undefined) return;
    ask(undefined);
    run(async () => {
      setNote('');
      setNote(describeAnswer(asked, await api[asked](ids)));
      onDone();
    });
  };
  return { asked, isBusy, note, fault, ask, confirm };
}
