/**
 * The list of events as a grid: 10,000 rows, of which only the visible ones are in the document. The whole page scrolls,
 * on a telephone as on a desk.
 */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Row } from '../../api.ts';
import { EventRow } from './event-row.tsx';
import { useListKeys } from './use-list-keys.ts';
import { type ListWindow, useWindow } from './use-window.ts';

export interface ListProps {
  readonly rows: readonly Row[];
  /** The row of the cursor. */
  readonly activeId: string | undefined;
  readonly openId: string | undefined;
  readonly clockOffsetMs: number;
  readonly isStill: { current: boolean };
  readonly onActivate: (row: Row) => void;
  readonly onOpen: (row: Row) => void;
}

export function EventList({ rows, activeId, openId, clockOffsetMs, isStill, onActivate, onOpen }: ListProps) {
  const body = useRef<HTMLDivElement>(null);
  const list = useWindow(body, rows.length);
  const positions = useMemo(() => new Map(rows.map(({ id }, index) => [id, index])), [rows]);
  const active = activeId === undefined ? -1 : (positions.get(activeId) ?? -1);
  useStillness(body, list.isScrolled, isStill);
  useListKeys({ rows, active, list, onActivate, onOpen });

  return (
    <div role="grid" class={`grid ${list.layout}`} aria-label="Events" aria-rowcount={rows.length + 1}>
      <div role="rowgroup" class="titles" data-sticky>
        <div role="row" class="title" aria-rowindex={1}>
          <span role="columnheader">Time</span>
          <span role="columnheader">Event</span>
          <span role="columnheader">Source</span>
          <span role="columnheader">Result</span>
        </div>
      </div>
      <div role="rowgroup" ref={body} class="body" style={{ height: `${rows.length * list.rowHeight}px` }}>
        {positionsIn(list, active).map((index) => {
          const row = rows[index];
          return row === undefined ? null : (
            <EventRow
              key={row.id}
              row={row}
              index={index}
              top={index * list.rowHeight}
              isActive={active < 0 ? index === 0 : index === active}
              isOpen={row.id === openId}
              clockOffsetMs={clockOffsetMs}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The row of the cursor stays in the document when you scroll away: it has the focus. */
function positionsIn({ first, end }: ListWindow, active: number): readonly number[] {
  const inside = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  if (active < 0 || (active >= first && active < end)) return inside;
  return active < first ? [active, ...inside] : [...inside, active];
}

/** New rows wait while the list is scrolled, has the focus, or is under the mouse. */
function useStillness(
  body: { readonly current: HTMLElement | null },
  isScrolled: boolean,
  isStill: { current: boolean },
): void {
  const isUnderMouse = useRef(false);
  useEffect(() => {
    const element = body.current;
    if (element === null) return;
    const update = () => {
      isStill.current = isScrolled || isUnderMouse.current || element.contains(document.activeElement);
    };
    const move = (event: PointerEvent) => {
      isUnderMouse.current = event.type === 'pointerenter' && event.pointerType === 'mouse';
      update();
    };
    update();
    element.addEventListener('pointerenter', move);
    element.addEventListener('pointerleave', move);
    element.addEventListener('focusin', update);
    const leave = () => setTimeout(update);
    element.addEventListener('focusout', leave);
    return () => {
      element.removeEventListener('pointerenter', move);
      element.removeEventListener('pointerleave', move);
      element.removeEventListener('focusin', update);
      element.removeEventListener('focusout', leave);
      isStill.current = false;
    };
  }, [body, isScrolled, isStill]);
}
