/** Places in the page as the fragment of its address. */

export const views = ['events', 'dead-letters', 'quality', 'syncs', 'requests'] as const;
export type View = (typeof views)[number];

export interface Route {
  readonly view: View;
  /** The row whose story is open. */
  readonly rowId?: string;
  /** The sync whose runs are shown. */
  readonly sync?: string;
}

export function readRoute(fragment: string): Route {
  const [view = '', id = ''] = fragment.replace(/^#\/?/, '').split('/');
  const known = views.find((name) => name === view) ?? 'events';
  if (known === 'events' && id !== '') return { view: known, rowId: decode(id) };
  return known === 'syncs' && id !== '' ? { view: known, sync: decode(id) } : { view: known };
}

export function routeText({ view, rowId, sync }: Route): string {
  const id = rowId ?? sync;
  return id === undefined ? `#/${view}` : `#/${view}/${encodeURIComponent(id)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
