/** The list of dead letters with what you can do to the selected ones. */
import { useState } from 'preact/hooks';
import type { ConsoleState, DeadLettersAnswer } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { Choice } from '../parts/choice.tsx';
import { Command } from '../parts/copy-button.tsx';
import { counted, countText } from '../text/words.ts';
import { LetterButtons, LetterResult } from './letter-buttons.tsx';
import { LetterTable } from './letter-table.tsx';
import { useLetterAction } from './use-letter-action.ts';

interface LettersProps {
  readonly api: Api;
  readonly state: ConsoleState;
  readonly answer: DeadLettersAnswer;
  readonly onChanged: () => void;
}

export function Letters({ api, state, answer, onChanged }: LettersProps) {
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const matching = answer.letters.filter((letter) => reason === '' || letter.reason === reason);
  const picked = matching.filter(({ id }) => chosen.has(id));
  const ids = picked.map(({ id }) => id);
  const action = useLetterAction(api, ids, () => {
    setChosen(new Set());
    onChanged();
  });
  const choose = (some: readonly string[], isChosen: boolean) =>
    setChosen((last) => (isChosen ? last.union(new Set(some)) : last.difference(new Set(some))));
  return (
    <>
      <section class="card" aria-label="List of dead letters">
        <div class="letters-bar">
          <Choice
            label="Reason"
            all="All reasons"
            value={reason}
            values={reasonsOf(answer)}
            onChoose={setReason}
          />
          <span class="dim">
            {picked.length === 0 ? countOf(answer) : `${countText(picked.length)} selected`}
          </span>
          <span class="space" />
          <LetterButtons action={action} count={picked.length} />
        </div>
        <LetterResult action={action} letters={picked} state={state} />
        <LetterTable letters={matching} chosen={chosen} onChoose={choose} />
      </section>
      <ExportHint stage={state.stage} reason={reason} />
    </>
  );
}

const reasonsOf = ({ letters }: DeadLettersAnswer): readonly string[] =>
  [...new Set(letters.map(({ reason }) => reason))].sort();

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
    <Command text={exportCommand(stage, reason)} what="the export command" />
  </section>
);

const exportCommand = (stage: string, reason: string): string =>
  `npx --no tiktok-events dead-letters export --stage ${stage}` +
  `${reason === '' ? '' : ` --reason ${reason}`} > dead-letters.ndjson`;
