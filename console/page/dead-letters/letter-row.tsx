/** One dead letter: when it failed, which event it is, and what is special about it. Its reason is that of its group. */
import type { DeadLettersAnswer } from '../../api.ts';
import { Pill } from '../parts/pill.tsx';
import { Time } from '../parts/time.tsx';
import { routeText } from '../state/route-text.ts';
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
        <Title letter={letter} />
        <code>{eventId}</code>
      </td>
      <td class="source">
        {source ?? 'unknown source'}
        {destination !== undefined && <span class="dim"> → {destination}</span>}
      </td>
      <td class="notes">
        <Notes letter={letter} />
      </td>
    </tr>
  );
}

/** Leads to the story of the event. */
const Title = ({ letter: { name = 'Message', event } }: { readonly letter: Letter }) =>
  event === undefined ? <b>{name}</b> : <a href={routeText({ view: 'events', rowId: event })}>{name}</a>;

const Notes = ({ letter: { outcome, replays } }: { readonly letter: Letter }) => (
  <>
    {outcome === 'unknown' && <Pill tone="warning">TikTok may have it</Pill>}{' '}
    {replays > 0 && (
      <Pill tone="warning">{replays === 1 ? 'replayed before' : `replayed ${replays} times`}</Pill>
    )}
  </>
);
