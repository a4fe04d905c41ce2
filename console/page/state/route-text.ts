/** Places in the page as the fragment of its address. */

export const views = ['events', 'dead-letters', 'quality', 'requests'] as const;
export type View = (typeof views)[number];

export interface Route {
  readonly view: View;
  /** The row whose story is open. */
  readonly rowId?: string;
}

export function readRoute(fragment: string): Route {
  const [view = '', id = ''] = fragment.replace(/^#\/?/, '').split('/');
  const known = views.find((name) => name === view) ?? 'events';
  return known === 'events' && id !== '' ? { view: known, rowId: decode(id) } : { view: known };
}

export const routeText = ({ view, rowId }: Route): string =>
  rowId === undefined ? `#/${view}` : `#/${view}/${encodeURIComponent(rowId)}`;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
