/** The two ways to finish dead letters, with the question before and the result after. */
import type { ConsoleState } from '../../api.ts';
import { FaultText } from '../parts/fault-text.tsx';
import { ConfirmLetters } from './confirm-letters.tsx';
import type { Finished } from './consequences.ts';
import type { AskedAction } from './use-letter-action.ts';

interface ButtonsProps {
  readonly action: AskedAction;
  readonly count: number;
}

export const LetterButtons = ({ action, count }: ButtonsProps) => {
  const isOff = action.isBusy || count === 0;
  return (
    <>
      <button type="button" class="main" disabled={isOff} onClick={() => action.ask('replay')}>
        Replay …
      </button>
      <button type="button" class="danger" disabled={isOff} onClick={() => action.ask('discard')}>
        Discard …
      </button>
    </>
  );
};

interface ResultProps {
  readonly action: AskedAction;
  readonly letters: readonly Finished[];
  readonly state: ConsoleState;
}

export const LetterResult = ({ action, letters, state }: ResultProps) => (
  <>
    <p class="note" role="status">
      {action.note}
    </p>
    <FaultText text={action.fault} />
    {action.asked !== undefined && (
      <ConfirmLetters
        action={action.asked}
        letters={letters}
        state={state}
        onCancel={() => action.ask(undefined)}
        onConfirm={action.confirm}
      />
    )}
  </>
);
