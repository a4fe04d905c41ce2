/**
 * Which rows of a long list are in the document: only those near the part of the page that is visible. All rows of one
 * layout have the same height, so that a row's place follows from its position.
 */

export type Layout = 'wide' | 'medium' | 'cards';

/** Heights in `rem`, so that a larger font makes larger rows. */
export const rowRem: Readonly<Record<Layout, number>> = { wide: 2.5, medium: 3.5, cards: 5.75 };

const wideRem = 56;
const mediumRem = 36;

/** Rows above and below the visible part, so that fast scrolling shows no gap. */
const extraRows = 8;

export const layoutOf = (widthRem: number): Layout => {
  if (widthRem >= wideRem) return 'wide';
  return widthRem >= mediumRem ? 'medium' : 'cards';
};

export interface Viewport {
  /** The top of the list in relation to the top of the screen: negative once it is scrolled past. */
  readonly listTop: number;
  readonly height: number;
}

/** @returns the rows to render: from `first` up to, not including, `end` */
export function visibleRows(count: number, rowHeight: number, { listTop, height }: Viewport) {
  const first = Math.floor(-listTop / rowHeight) - extraRows;
  const end = Math.ceil((height - listTop) / rowHeight) + extraRows;
  return { first: clamp(first, count), end: clamp(end, count) };
}

/**
 * How far to scroll so that a whole row is visible.
 * @param covered pixels at the top that a sticky header hides
 */
export function scrollToRow(
  index: number,
  rowHeight: number,
  { listTop, height }: Viewport,
  covered: number,
): number {
  const top = listTop + index * rowHeight;
  if (top < covered) return top - covered;
  return Math.max(0, top + rowHeight - height);
}

/** @returns the position after a key, or undefined when the key moves nothing */
export function moveTo(key: string, index: number, count: number, pageRows: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    PageDown: pageRows,
    PageUp: -pageRows,
    Home: -count,
    End: count,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined || count === 0) return undefined;
  return Math.min(count - 1, Math.max(0, index < 0 ? 0 : index + step));
}

const clamp = (value: number, count: number): number => Math.min(count, Math.max(0, value));
