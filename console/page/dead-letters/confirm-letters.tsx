/** Asks before dead letters are replayed or discarded, and says how many and what follows. */
import type { ConsoleState } from '../../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { counted } from '../text/words.ts';
import { consequences, type Finished } from './consequences.ts';
import type { LetterAction } from './use-letter-action.ts';

interface ConfirmProps {
  readonly action: LetterAction;
  readonly letters: readonly Finished[];
  readonly state: Pick<ConsoleState, 'stage' | 'isLocal'>;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

export function ConfirmLetters({ action, letters, state, onCancel, onConfirm }: ConfirmProps) {
  const verb = action === 'replay' ? 'Replay' : 'Discard';
  const title = `${verb} ${counted(letters.length, 'dead letter')}?`;
  return (
    <Dialog label={title} onClose={onCancel}>
      <h2>{title}</h2>
      {consequences(action, letters, state).map((text) => (
        <p key={text}>{text}</p>
      ))}
      {/* Cancel is first: the browser gives the focus to it. */}
      <div class="buttons">
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="button" class={action === 'replay' ? 'main' : 'danger'} onClick={onConfirm}>
          {verb} {letters.length === 1 ? 'it' : letters.length}
        </button>
      </div>
    </Dialog>
  );
}
