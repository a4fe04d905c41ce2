/** Escape closes what is open beside the list; a dialog closes itself. */
import { useLayoutEffect } from 'preact/hooks';
import { isForPage } from './use-list-keys.ts';

export function useEscape(isOpen: boolean, close: () => void): void {
  useLayoutEffect(() => {
    if (!isOpen) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && isForPage(event)) close();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [isOpen, close]);
}
