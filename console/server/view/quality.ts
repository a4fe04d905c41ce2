/** Adds up the coverage of delivered events by source and event name, and says what would improve it most. */
import { type CoverageCounts, sumCoverage } from '../../../lib/journal/coverage.ts';
import { gainsOf } from '../../../lib/journal/gains.ts';
import type { CoverageLine, JournalLine } from '../../../lib/journal/line.ts';
import { estimateQuality } from '../../../lib/journal/match-quality.ts';
import type { QualityAnswer } from '../../api.ts';
import type { ConsoleSource } from '../source.ts';

type Item = Pick<CoverageLine, 'source' | 'name' | 'destination' | 'counts'>;

const maxGains = 2;
/** Event names that are no standard ones are few: they are logged as `custom`. */
const maxSums = 1_000;

export function createQuality({ eventSourceOf }: Pick<ConsoleSource, 'eventSourceOf'>) {
  let sums: readonly Item[] = [];
  let added: Item[] = [];

  const keyOf = ({ source, name, destination }: Item): string => [source, name, destination].join('\n');
  const settle = (): readonly Item[] => {
    const groups = sumCoverage([...sums, ...added], keyOf).values();
    sums = [...groups].map(({ first, counts }) => ({ ...first, counts })).slice(-maxSums);
    added = [];
    return sums;
  };

  return {
    add: (line: JournalLine): void => {
      if (line.kind !== 'coverage') return;
      const { source, name, destination, counts } = line;
      added.push({ source, name, destination, counts });
      if (added.length >= maxSums) settle();
    },
    answer: (): QualityAnswer => {
      const items = settle();
      const sourceOf = ({ source, name, destination }: Item): string =>
        [source, name, eventSourceOf(destination)].join('\n');
      const rows = [...sumCoverage(items, sourceOf).values()].map(({ first, counts }) => {
        const eventSource = eventSourceOf(first.destination);
        const gains = gainsOf({ counts, eventName: first.name, eventSource, isDelivered: true });
        const score = estimateQuality(counts, eventSource) ?? 0;
        return { source: first.source, name: first.name, counts, score, gains };
      });
      return { rows: rows.map(({ gains: _, ...row }) => row), gains: greatest(rows) };
    },
  };
}

interface Rated {
  readonly source: string;
  readonly name: string;
  readonly counts: CoverageCounts;
  readonly gains: ReturnType<typeof gainsOf>;
}

/** A gain counts for all events that have it. */
function greatest(rows: readonly Rated[]): QualityAnswer['gains'] {
  const all = rows.flatMap(({ source, name, counts, gains }) =>
    gains.map((gain) => ({ source, name, gain, weight: gain.points * (counts.events ?? 0) })),
  );
  return all
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, maxGains)
    .map(({ source, name, gain }) => ({
      text: `${name} from ${source}: ${gain.text}`,
      guide: 'docs/events.md',
    }));
}
