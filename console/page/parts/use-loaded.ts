/** Data that a view loads when it opens and again whenever `version` changes. */
import { useCallback, useEffect, useState } from 'preact/hooks';

export interface Loaded<T> {
  readonly data: T | undefined;
  readonly fault: string;
  reload(): void;
}

export function useLoaded<T>(load: () => Promise<T>, version: string): Loaded<T> {
  const [data, setData] = useState<T>();
  const [fault, setFault] = useState('');
  const [count, setCount] = useState(0);
  useEffect(() => {
    let isOver = false;
    load().then(
      (loaded) => {
        if (isOver) return;
        setData(() => loaded);
        setFault('');
      },
      (error: unknown) => {
        if (!isOver) setFault(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      isOver = true;
    };
  }, [version, count]);
  const reload = useCallback(() => setCount((last) => last + 1), []);
  return { data, fault, reload };
}
