/** Whether a media query matches now. */
import { useEffect, useState } from 'preact/hooks';

/** Below this width the story of an event covers the list. */
export const narrowScreen = '(max-width: 60rem)';

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = () => setMatches(list.matches);
    update();
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, [query]);
  return matches;
}
