/** What happened to the events so far, as numbers. Each number shows its events. */
import type { ConsoleState, Outcome } from '../../api.ts';
import { durationText } from '../text/format-time.ts';
import { countText, outcomes, type Tone } from '../text/words.ts';

interface NumbersProps {
  readonly state: ConsoleState;
  readonly selected: string;
  readonly onSelect: (outcome: Outcome) => void;
}

interface Cell {
  readonly outcome: Outcome;
  readonly tone: Tone;
  readonly note?: string | undefined;
}

export function FlowNumbers({ state, selected, onSelect }: NumbersProps) {
  const { totals } = state;
  return (
    <ul class="numbers">
      {cellsOf(state).map(({ outcome, tone, note }) => (
        <li key={outcome}>
          <button
            type="button"
            class={`number ${totals[outcome] === 0 ? 'zero' : tone}`}
            aria-pressed={selected === outcome}
            onClick={() => onSelect(outcome)}
          >
            <b>{countText(totals[outcome])}</b>
            <span>
              {outcome === 'dead-letter' && totals[outcome] !== 1 ? 'dead letters' : outcomes[outcome].label}
              {note !== undefined && <span class="aside"> {note}</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** `accepted` counts what is on its way; the rest are ends, or stops with a reason. */
function cellsOf({ totals, medianMs }: ConsoleState): readonly Cell[] {
  const all: readonly Cell[] = [
    {
      outcome: 'delivered',
      tone: 'good',
      note: medianMs === undefined ? undefined : `median ${durationText(medianMs)}`,
    },
    { outcome: 'accepted', tone: 'neutral', note: 'on the way' },
    { outcome: 'waiting', tone: 'warning' },
    { outcome: 'held', tone: 'warning' },
    { outcome: 'dead-letter', tone: 'bad' },
    { outcome: 'rejected', tone: 'bad' },
    { outcome: 'skipped', tone: 'neutral' },
    { outcome: 'discarded', tone: 'neutral' },
  ];
  return all.filter(({ outcome }) => outcome !== 'discarded' || totals.discarded > 0);
}
