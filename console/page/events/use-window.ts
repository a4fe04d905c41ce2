/** The window of a list that scrolls with the page. */
import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { type Layout, layoutOf, rowRem, scrollToRow, type Viewport, visibleRows } from './window-rows.ts';

export interface ListWindow {
  readonly layout: Layout;
  readonly rowHeight: number;
  readonly first: number;
  readonly end: number;
  /** The first row is above the visible part of the page. */
  readonly isScrolled: boolean;
  reveal(index: number): void;
  pageRows(): number;
}

const remOf = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Pixels at the top of the screen that the sticky header and the column titles hide. */
const coveredOf = (): number =>
  [...document.querySelectorAll('[data-sticky]')].reduce((sum, element) => {
    const isSticky = getComputedStyle(element).position === 'sticky';
    return isSticky ? sum + element.getBoundingClientRect().height : sum;
  }, 0);

export function useWindow(body: { readonly current: HTMLElement | null }, count: number): ListWindow {
  const [view, setView] = useState({ listTop: 0, height: innerHeight, width: 0, rem: 16 });
  const layout = layoutOf(view.width / view.rem);
  const rowHeight = rowRem[layout] * view.rem;
  const measure = useCallback(() => {
    const element = body.current;
    if (element === null) return;
    const { top, width } = element.getBoundingClientRect();
    const next = { listTop: Math.round(top), height: innerHeight, width, rem: remOf() };
    setView((last) => (isSame(last, next) ? last : next));
  }, [body]);
  useMeasuring(measure);

  const reveal = (index: number) => {
    const listTop = body.current?.getBoundingClientRect().top ?? 0;
    const top = scrollToRow(index, rowHeight, { listTop, height: innerHeight }, coveredOf());
    scrollBy({ top, behavior: 'instant' });
    measure();
  };
  return {
    layout,
    rowHeight,
    ...visibleRows(count, rowHeight, view),
    isScrolled: view.listTop < 0,
    reveal,
    pageRows: () => Math.max(1, Math.floor((innerHeight - coveredOf()) / rowHeight) - 1),
  };
}

/** The list moves when something above it changes its height, not only when the page scrolls. */
function useMeasuring(measure: () => void): void {
  useLayoutEffect(measure);
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [measure]);
}

const isSame = (
  one: Viewport & { readonly width: number; readonly rem: number },
  other: typeof one,
): boolean =>
  one.listTop === other.listTop &&
  one.height === other.height &&
  one.width === other.width &&
  one.rem === other.rem;
