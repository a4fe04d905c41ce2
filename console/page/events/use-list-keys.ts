/** The keys of the list: arrows and `j` `k` move, Enter opens. Letters work from anywhere but a field. */
import { useLayoutEffect } from 'preact/hooks';
import type { Row } from '../../api.ts';
import type { ListWindow } from './use-window.ts';
import { moveTo } from './window-rows.ts';

interface ListKeys {
  readonly rows: readonly Row[];
  readonly active: number;
  readonly list: ListWindow;
  readonly onActivate: (row: Row) => void;
  readonly onOpen: (row: Row) => void;
}

export function useListKeys({ rows, active, list, onActivate, onOpen }: ListKeys): void {
  // Before the next key: a held key comes thirty times a second.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isForList(event)) return;
      const index = moveTo(event.key, active, rows.length, list.pageRows());
      const row = index === undefined ? undefined : rows[index];
      if (index === undefined || row === undefined) return;
      event.preventDefault();
      list.reveal(index);
      onActivate(row);
      focusRow(row.id);
    };
    const open = (event: KeyboardEvent) => {
      const row = rows[active];
      if (event.key === 'Enter' && document.activeElement === document.body && row !== undefined) onOpen(row);
    };
    addEventListener('keydown', press);
    addEventListener('keydown', open);
    return () => {
      removeEventListener('keydown', press);
      removeEventListener('keydown', open);
    };
  });
}

/** After the row is in the document. */
export function focusRow(id: string): void {
  requestAnimationFrame(() => rowElement(id)?.focus({ preventScroll: true }));
}

const rowElement = (id: string): HTMLElement | null =>
  document.querySelector(`[data-row="${CSS.escape(id)}"]`);

/** A key that types, scrolls or chooses elsewhere is not for the list. */
export function isForPage({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return false;
  const element = target instanceof Element ? target : null;
  return element?.closest('input, textarea, select, dialog, [popover]') == null;
}

function isForList(event: KeyboardEvent): boolean {
  if (!isForPage(event)) return false;
  if (event.key === 'j' || event.key === 'k') return true;
  return event.target instanceof Element && event.target.closest('[role=row]') !== null;
}
