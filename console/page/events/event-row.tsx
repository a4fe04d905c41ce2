/** One event of the list: when, which, where from, and what became of it. */
import type { Row } from '../../api.ts';
import { OutcomePill } from '../parts/pill.tsx';
import { Prose } from '../parts/prose.tsx';
import { Time } from '../parts/time.tsx';
import { useNow } from '../state/use-now.ts';
import { clockTime, countdown, dayUnlessToday, durationText } from '../text/format-time.ts';
import { sourceText } from '../text/words.ts';

interface RowProps {
  readonly row: Row;
  readonly index: number;
  readonly top: number;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly clockOffsetMs: number;
  readonly onOpen: (row: Row) => void;
}

export function EventRow({ row, index, top, isActive, isOpen, clockOffsetMs, onOpen }: RowProps) {
  const day = dayUnlessToday(row.atMs, Date.now());
  return (
    <div
      role="row"
      class="row"
      style={{ transform: `translateY(${top}px)` }}
      tabIndex={isActive ? 0 : -1}
      data-row={row.id}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      onClick={() => onOpen(row)}
      onKeyDown={(event) => event.key === 'Enter' && onOpen(row)}
    >
      <div role="gridcell" class="time">
        <Time ms={row.atMs}>
          {day !== '' && <span class="day">{day}</span>} {clockTime(row.atMs)}
        </Time>
      </div>
      <div role="gridcell" class="event">
        <b>{nameOf(row)}</b> <code>{idOf(row)}</code>
      </div>
      <div role="gridcell" class="source">
        <span>{sourceText(row.source)}</span>
        {row.topic !== undefined && (
          <span class="topic">
            <span class="dot"> · </span>
            {row.topic}
          </span>
        )}
      </div>
      <div role="gridcell" class="result">
        <OutcomePill outcome={row.outcome} /> <Reason row={row} clockOffsetMs={clockOffsetMs} />
      </div>
    </div>
  );
}

/** A post that was rejected as a whole has no event. */
export const nameOf = (row: Row): string =>
  row.ownName ?? row.name ?? (row.topic === undefined ? 'No event' : 'Webhook');

/** The event id on the local stage, its fingerprint elsewhere. */
export const idOf = ({ eventId, event, orders }: Row): string => eventId ?? event ?? orders[0] ?? '';

function Reason({ row, clockOffsetMs }: { readonly row: Row; readonly clockOffsetMs: number }) {
  return (
    <span class="reason">
      {row.nextAttemptMs !== undefined && (
        <NextAttempt row={row} atMs={row.nextAttemptMs} clockOffsetMs={clockOffsetMs} />
      )}
      <Prose text={reasonOf(row)} />
    </span>
  );
}

export function reasonOf({ outcome, tookMs, text, reason, warnings }: Row): string {
  if (outcome !== 'delivered') return text ?? reason ?? '';
  const parts = [
    ...(tookMs === undefined ? [] : [`in ${durationText(tookMs)}`]),
    ...(warnings.length === 0 ? [] : [`warning: ${warnings.join(', ')}`]),
  ];
  return parts.join(' · ');
}

interface NextProps {
  readonly row: Row;
  readonly atMs: number;
  readonly clockOffsetMs: number;
}

function NextAttempt({ row, atMs, clockOffsetMs }: NextProps) {
  const nowMs = useNow(clockOffsetMs);
  return (
    <span class="next">
      {row.attempts > 0 && `attempt ${row.attempts}, `}again {countdown(atMs, nowMs)} ·{' '}
    </span>
  );
}
