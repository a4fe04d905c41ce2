/** Places in the page, in the fragment of the address, so that Back and bookmarks work. */
import { useEffect, useState } from 'preact/hooks';

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

/** @param isStep false replaces the place, so that Back does not walk through every row you passed */
export function goTo(route: Route, isStep = true): void {
  if (isStep) history.pushState(null, '', routeText(route));
  else history.replaceState(null, '', routeText(route));
  dispatchEvent(new PopStateEvent('popstate'));
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const update = () => setRoute(readRoute(location.hash));
    addEventListener('popstate', update);
    return () => removeEventListener('popstate', update);
  }, []);
  return route;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
