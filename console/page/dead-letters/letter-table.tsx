/** Dead letters as a table, by reason; on a small screen, each is a card. */
import { useState } from 'preact/hooks';
import type { DeadLettersAnswer } from '../../api.ts';
import { Prose } from '../parts/prose.tsx';
import { groupLetters, type LetterGroup } from './letter-groups.ts';
import { LetterRow } from './letter-row.tsx';

interface TableProps {
  readonly letters: DeadLettersAnswer['letters'];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: readonly string[], isChosen: boolean) => void;
}

/** More rows than that make the page slow; "Select all" takes the others too. */
const shownLetters = 200;

export function LetterTable({ letters, chosen, onChoose }: TableProps) {
  const [limit, setLimit] = useState(shownLetters);
  if (letters.length === 0)
    return <p class="empty dim">No dead letters. Every accepted event is delivered or on its way.</p>;
  return (
    <>
      <table class="letters">
        <Titles letters={letters} chosen={chosen} onChoose={onChoose} />
        {groupLetters(letters.slice(0, limit)).map((group) => (
          <tbody key={group.key}>
            <Why group={group} />
            {group.letters.map((letter) => (
              <LetterRow
                key={letter.id}
                letter={letter}
                isChosen={chosen.has(letter.id)}
                onChoose={(isChosen) => onChoose([letter.id], isChosen)}
              />
            ))}
          </tbody>
        ))}
      </table>
      {letters.length > limit && (
        <button type="button" onClick={() => setLimit(limit + shownLetters)}>
          Show more
        </button>
      )}
    </>
  );
}

const Why = ({ group: { reason, text, detail } }: { readonly group: LetterGroup }) => (
  <tr class="why">
    <th scope="rowgroup" colSpan={5}>
      <Prose text={text} />
      <span class="codes">
        <code>{reason}</code>
        {detail !== undefined && detail !== '' && <code>{detail}</code>}
      </span>
    </th>
  </tr>
);

const Titles = ({ letters, chosen, onChoose }: TableProps) => (
  <thead>
    <tr>
      <th scope="col">
        <label class="check">
          <input
            type="checkbox"
            checked={letters.every(({ id }) => chosen.has(id))}
            onChange={(event) =>
              onChoose(
                letters.map(({ id }) => id),
                event.currentTarget.checked,
              )
            }
          />
          <span class="unseen">Select all</span>
        </label>
      </th>
      <th scope="col">Failed</th>
      <th scope="col">Event</th>
      <th scope="col">Source</th>
      <th scope="col">Notes</th>
    </tr>
  </thead>
);
