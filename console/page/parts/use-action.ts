/** Runs an action of a button, one at a time, and keeps its failure as text. */
import { useCallback, useRef, useState } from 'preact/hooks';

export interface Running {
  readonly isBusy: boolean;
  /** Why the last action failed; empty when it did not. */
  readonly fault: string;
  run(action: () => Promise<void>): void;
}

export function useAction(): Running {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const isRunning = useRef(false);
  const run = useCallback(async (action: () => Promise<void>) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setFault('');
    try {
      await action();
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  }, []);
  return { isBusy, fault, run };
}
