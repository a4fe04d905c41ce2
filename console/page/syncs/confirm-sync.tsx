/** Asks before a sync of a deployed stage is started, paused or resumed. */
import { Dialog } from '../parts/dialog.tsx';
import { actionTexts, type SyncAction } from './sync-words.ts';

interface ConfirmProps {
  readonly action: SyncAction;
  readonly sync: string;
  readonly stage: string;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

export function ConfirmSync({ action, sync, stage, onCancel, onConfirm }: ConfirmProps) {
  const { label, follows } = actionTexts[action];
  const title = action === 'run' ? `Run ${sync} now?` : `${label} ${sync}?`;
  return (
    <Dialog label={title} onClose={onCancel}>
      <h2>{title}</h2>
      <p>{follows}</p>
      <p>This changes the deployed stage {stage}.</p>
      {/* Cancel is first: the browser gives the focus to it. */}
      <div class="buttons">
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="button" class="main" onClick={onConfirm}>
          {label}
        </button>
      </div>
    </Dialog>
  );
}
