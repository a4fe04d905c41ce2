/** Dead letters, which you can finish here: replay, discard, or export them and send them corrected. */
import { useMemo, useState } from 'preact/hooks';
import type { ConsoleState, DeadLettersAnswer } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { Choice } from '../parts/choice.tsx';
import { Command } from '../parts/copy-button.tsx';
import { FaultText } from '../parts/fault-text.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { counted, countText } from '../text/words.ts';
import { type Confirmed, ConfirmLetters } from './confirm-letters.tsx';
import { describeAnswer } from './describe-answer.ts';
import { LetterTable } from './letter-table.tsx';

interface LettersProps {
  readonly api: Api;
  readonly state: ConsoleState;
  readonly onChanged: () => void;
}

/** More rows than that make the page slow; actions take every chosen one. */
const shownLetters = 200;

export function DeadLettersView({ api, state, onChanged }: LettersProps) {
  const { data, fault, reload } = useLoaded<DeadLettersAnswer>(
    api.deadLetters,
    String(state.totals['dead-letter']),
  );
  return (
    <>
      <h1 class="title">Dead letters</h1>
      <p class="lead">
        Messages that the gateway could not deliver. Fix the cause, then replay them; discard the ones that
        nobody needs.
      </p>
      <FaultText text={fault} />
      {data === undefined && fault === '' && <p class="dim">Loading …</p>}
      {data !== undefined && (
        <Letters
          api={api}
          state={state}
          answer={data}
          onChanged={() => {
            reload();
            onChanged();
          }}
        />
      )}
    </>
  );
}

function Letters({ api, state, answer, onChanged }: LettersProps & { readonly answer: DeadLettersAnswer }) {
  const [reason, setReason] = useState('');
  const [limit, setLimit] = useState(shownLetters);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Confirmed>();
  const [note, setNote] = useState('');
  const { isBusy, fault, run } = useAction();
  const reasons = useMemo(() => [...new Set(answer.letters.map((letter) => letter.reason))].sort(), [answer]);
  const matching = answer.letters.filter((letter) => reason === '' || letter.reason === reason);
  const picked = matching.filter(({ id }) => chosen.has(id));

  const choose = (ids: readonly string[], isChosen: boolean) =>
    setChosen((last) => (isChosen ? last.union(new Set(ids)) : last.difference(new Set(ids))));
  const act = (action: Confirmed) =>
    run(async () => {
      setNote(describeAnswer(action, await api[action](picked.map(({ id }) => id))));
      setChosen(new Set());
      onChanged();
    });
  return (
    <>
      <section class="card" aria-label="List of dead letters">
        <div class="letters-bar">
          <Choice label="Reason" all="All reasons" value={reason} values={reasons} onChoose={setReason} />
          <span class="dim">
            {picked.length === 0 ? countOf(answer) : `${countText(picked.length)} selected`}
          </span>
          <span class="space" />
          <button
            type="button"
            class="main"
            disabled={isBusy || picked.length === 0}
            onClick={() => setAsked('replay')}
          >
            Replay …
          </button>
          <button
            type="button"
            class="danger"
            disabled={isBusy || picked.length === 0}
            onClick={() => setAsked('discard')}
          >
            Discard …
          </button>
        </div>
        <p class="note" role="status">
          {note}
        </p>
        <FaultText text={fault} />
        {matching.length === 0 ? (
          <p class="empty dim">No dead letters. Every event that was accepted is delivered or on its way.</p>
        ) : (
          <LetterTable letters={matching.slice(0, limit)} chosen={chosen} onChoose={choose} />
        )}
        {matching.length > limit && (
          <button type="button" onClick={() => setLimit(limit + shownLetters)}>
            Show more
          </button>
        )}
      </section>
      <ExportHint stage={state.stage} reason={reason} />
      {asked !== undefined && (
        <ConfirmLetters
          action={asked}
          letters={picked}
          state={state}
          onCancel={() => setAsked(undefined)}
          onConfirm={() => {
            setAsked(undefined);
            act(asked);
          }}
        />
      )}
    </>
  );
}

const countOf = ({ letters, total }: DeadLettersAnswer): string =>
  total > letters.length
    ? `${countText(letters.length)} of ${counted(total, 'dead letter')}`
    : counted(total, 'dead letter');

const ExportHint = ({ stage, reason }: { readonly stage: string; readonly reason: string }) => (
  <section class="card hint" aria-labelledby="export-title">
    <h2 id="export-title">Correct and send again</h2>
    <p>
      Export the messages, correct them in the file, and send them with sync. The guide is
      docs/dead-letters.md.
    </p>
    <Command
      text={`npx --no tiktok-events dead-letters export --stage ${stage}${reason === '' ? '' : ` --reason ${reason}`} > dead-letters.ndjson`}
      what="the export command"
    />
  </section>
);
