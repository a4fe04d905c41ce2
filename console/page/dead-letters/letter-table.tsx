/** Dead letters as a table; on a small screen, each is a card. */
import type { DeadLettersAnswer } from '../../api.ts';
import { Pill } from '../parts/pill.tsx';
import { Time } from '../parts/time.tsx';
import { shortTime } from '../text/format-time.ts';

export type Letter = DeadLettersAnswer['letters'][number];

interface TableProps {
  readonly letters: readonly Letter[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: readonly string[], isChosen: boolean) => void;
}

export function LetterTable({ letters, chosen, onChoose }: TableProps) {
  const areAllChosen = letters.length > 0 && letters.every(({ id }) => chosen.has(id));
  return (
    <table class="letters">
      <thead>
        <tr>
          <th scope="col">
            <label class="check">
              <input
                type="checkbox"
                checked={areAllChosen}
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
          <th scope="col">Reason</th>
        </tr>
      </thead>
      <tbody>
        {letters.map((letter) => (
          <LetterRow key={letter.id} letter={letter} isChosen={chosen.has(letter.id)} onChoose={onChoose} />
        ))}
      </tbody>
    </table>
  );
}

interface LetterRowProps extends Pick<TableProps, 'onChoose'> {
  readonly letter: Letter;
  readonly isChosen: boolean;
}

function LetterRow({ letter, isChosen, onChoose }: LetterRowProps) {
  const { id, name, source, destination, text, reason, detail, outcome, replays, failedAtMs } = letter;
  const eventId = letter.eventId ?? letter.event ?? '';
  return (
    <tr class={isChosen ? 'chosen' : ''}>
      <td class="choose">
        <label class="check">
          <input
            type="checkbox"
            checked={isChosen}
            onChange={(event) => onChoose([id], event.currentTarget.checked)}
          />
          <span class="unseen">
            Select {name ?? 'message'} {eventId}
          </span>
        </label>
      </td>
      <td class="failed">
        <Time ms={failedAtMs}>{shortTime(failedAtMs, Date.now())}</Time>
      </td>
      <td class="event">
        <b>{name ?? 'Message'}</b>
        <code>{eventId}</code>
      </td>
      <td class="source">
        {source ?? 'unknown source'}
        {destination !== undefined && <span class="dim"> → {destination}</span>}
      </td>
      <td class="why">
        <span>{text}</span>
        <span class="codes">
          <code>{reason}</code>
          {detail !== undefined && detail !== '' && <code>{detail}</code>}
          {outcome === 'unknown' && <Pill tone="warning">TikTok may have it</Pill>}
          {replays > 0 && (
            <Pill tone="warning">replayed before{replays > 1 ? `, ${replays} times` : ''}</Pill>
          )}
        </span>
      </td>
    </tr>
  );
}
