/** Data that a view loads when it opens and again whenever `version` changes. */
import { useCallback, useEffect, useState } from 'preact/hooks';

export interface Loaded<T> {
  readonly data: T | undefined;
  readonly fault: string;
  reload(): void;
}

/** @param delayMs what is closed before then is never loaded */
export function useLoaded<T>(load: () => Promise<T>, version: string, delayMs = 0): Loaded<T> {
  const [data, setData] = useState<T>();
  const [fault, setFault] = useState('');
  const [count, setCount] = useState(0);
  useEffect(() => {
    let isOver = false;
    const run = async () => {
      try {
        const loaded = await load();
        if (isOver) return;
        setData(() => loaded);
        setFault('');
      } catch (error) {
        if (!isOver) setFault(error instanceof Error ? error.message : String(error));
      }
    };
    const timer = setTimeout(run, delayMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [version, count]);
  const reload = useCallback(() => setCount((last) => last + 1), []);
  return { data, fault, reload };
}
