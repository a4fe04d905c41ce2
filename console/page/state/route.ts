/** Places in the page, in the fragment of the address, so that Back and bookmarks work. */
import { useEffect, useState } from 'preact/hooks';
import { type Route, readRoute, routeText } from './route-text.ts';

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
