/** One dead letter: when it failed, which event it is, and why in words and codes. */
import type { DeadLettersAnswer } from '../../api.ts';
import { Pill } from '../parts/pill.tsx';
import { Prose } from '../parts/prose.tsx';
import { Time } from '../parts/time.tsx';
import { shortTime } from '../text/format-time.ts';

type Letter = DeadLettersAnswer['letters'][number];

interface RowProps {
  readonly letter: Letter;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

export function LetterRow({ letter, isChosen, onChoose }: RowProps) {
  const { name, source, destination, failedAtMs } = letter;
  const eventId = letter.eventId ?? letter.event ?? '';
  return (
    <tr class={isChosen ? 'chosen' : ''}>
      <td class="choose">
        <label class="check">
          <input
            type="checkbox"
            checked={isChosen}
            onChange={(event) => onChoose(event.currentTarget.checked)}
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
      <Why letter={letter} />
    </tr>
  );
}

const Why = ({ letter: { text, reason, detail, outcome, replays } }: { readonly letter: Letter }) => (
  <td class="why">
    <span>
      <Prose text={text} />
    </span>
    <span class="codes">
      <code>{reason}</code>
      {detail !== undefined && detail !== '' && <code>{detail}</code>}
      {outcome === 'unknown' && <Pill tone="warning">TikTok may have it</Pill>}
      {replays > 0 && (
        <Pill tone="warning">{replays === 1 ? 'replayed before' : `replayed ${replays} times`}</Pill>
      )}
    </span>
  </td>
);
