/** Repeats a request while the page is shown. */
import { useEffect } from 'preact/hooks';

export function usePoll(request: () => void, everyMs: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) request();
    }, everyMs);
    return () => clearInterval(timer);
  }, [request, everyMs]);
}
