/** What you can do with an event: copy it, send it again, or finish its dead letter. */
import { useState } from 'preact/hooks';
import type { ConsoleState, SampleResult, StoryAnswer } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { LetterButtons, LetterResult } from '../dead-letters/letter-buttons.tsx';
import { useLetterAction } from '../dead-letters/use-letter-action.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { FaultText } from '../parts/fault-text.tsx';
import { SampleAnswer } from '../parts/sample-answer.tsx';
import { useAction } from '../parts/use-action.ts';

interface ActionsProps {
  readonly api: Api;
  readonly story: StoryAnswer;
  readonly state: ConsoleState;
  readonly onChanged: () => void;
}

export function DetailActions({ api, story, state, onChanged }: ActionsProps) {
  const { row, curl } = story;
  const letters = row.deadLetterId === undefined ? [] : [row.deadLetterId];
  const action = useLetterAction(api, letters, onChanged);
  const [result, setResult] = useState<SampleResult>();
  const { isBusy, fault, run } = useAction();
  const resend = () =>
    run(async () => {
      setResult(await api.resend(row.id));
      onChanged();
    });
  return (
    <div class="detail-actions">
      {letters.length > 0 && <LetterButtons action={action} count={1} />}
      {curl !== undefined && <CopyButton text={curl} label="Copy as curl" />}
      {state.isLocal && row.event !== undefined && (
        <button type="button" disabled={isBusy} onClick={resend}>
          Send again
        </button>
      )}
      <LetterResult action={action} letters={[{ outcome: 'refused', replays: 0 }]} state={state} />
      <FaultText text={fault} />
      {result !== undefined && <SampleAnswer result={result} />}
    </div>
  );
}
