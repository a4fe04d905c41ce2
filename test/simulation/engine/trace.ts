/** What happened in a run, a line per step of the world: its digest shows whether two runs were the same, byte for byte. */
import { createHash } from 'node:crypto';

export interface Trace {
  /** @param what such as `tiktok 503 call 7, 12 events`: no time, which the trace adds */
  readonly note: (what: string) => void;
  /** Hex SHA-256 of all lines so far. */
  readonly digest: () => string;
}

/** Hashing each line by itself would double the cost of a note. */
const flushFrom = 16_384;

/** @param onLine gets each line, for a person who reads along */
export function createTrace(now: () => number, onLine?: (line: string) => void): Trace {
  const hash = createHash('sha256');
  let waiting = '';
  const flush = (): void => {
    hash.update(waiting);
    waiting = '';
  };
  return {
    note(what) {
      const line = `${now()} ${what}\n`;
      waiting += line;
      if (waiting.length > flushFrom) flush();
      onLine?.(line);
    },
    digest() {
      flush();
      return hash.copy().digest('hex');
    },
  };
}
