/** What you can do with an event: copy it, send it again, or finish its dead letter. */
import { useState } from 'preact/hooks';
import type { ConsoleState, SampleResult, StoryAnswer } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { type Confirmed, ConfirmLetters } from '../dead-letters/confirm-letters.tsx';
import { describeAnswer } from '../dead-letters/describe-answer.ts';
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
  const [asked, setAsked] = useState<Confirmed>();
  const [note, setNote] = useState('');
  const [result, setResult] = useState<SampleResult>();
  const { isBusy, fault, run } = useAction();
  const finish = (action: Confirmed) =>
    run(async () => {
      setNote(describeAnswer(action, await api[action](idsOf(row.deadLetterId))));
      onChanged();
    });
  const resend = () =>
    run(async () => {
      setResult(await api.resend(row.id));
      onChanged();
    });
  return (
    <div class="detail-actions">
      {row.deadLetterId !== undefined && (
        <>
          <button type="button" class="main" disabled={isBusy} onClick={() => setAsked('replay')}>
            Replay …
          </button>
          <button type="button" class="danger" disabled={isBusy} onClick={() => setAsked('discard')}>
            Discard …
          </button>
        </>
      )}
      {curl !== undefined && <CopyButton text={curl} label="Copy as curl" />}
      {state.isLocal && row.event !== undefined && (
        <button type="button" class="small" disabled={isBusy} onClick={resend}>
          Send again
        </button>
      )}
      <p class="note" role="status">
        {note}
      </p>
      <FaultText text={fault} />
      {result !== undefined && <SampleAnswer result={result} />}
      {asked !== undefined && (
        <ConfirmLetters
          action={asked}
          letters={[{ outcome: 'refused', replays: 0 }]}
          state={state}
          onCancel={() => setAsked(undefined)}
          onConfirm={() => {
            setAsked(undefined);
            finish(asked);
          }}
        />
      )}
    </div>
  );
}

const idsOf = (id: string | undefined): readonly string[] => (id === undefined ? [] : [id]);
