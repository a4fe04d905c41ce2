/** Adds up the coverage of delivered events, and says what would improve it most, in the words of the command `quality`. */

import { sourceKind } from '../../../cli/quality/guides.ts';
import { type Coverage, type QualityRow, qualityRows } from '../../../cli/quality/quality-report.ts';
import { sumCoverage } from '../../../lib/journal/coverage.ts';
import type { JournalLine } from '../../../lib/journal/line.ts';
import type { QualityAnswer } from '../../api.ts';
import type { ConsoleSource } from '../source.ts';

/** Lines that wait to be added up. */
const maxAdded = 1_000;
const maxGains = 2;

export function createQuality({ settings }: Pick<ConsoleSource, 'settings'>) {
  let sums: readonly Coverage[] = [];
  let added: Coverage[] = [];

  const keyOf = ({ source, name, destination }: Coverage): string => [source, name, destination].join('\n');
  const settle = (): readonly Coverage[] => {
    const groups = sumCoverage([...sums, ...added], keyOf).values();
    sums = [...groups].map(({ first, counts }) => ({ ...first, counts }));
    added = [];
    return sums;
  };

  return {
    add: (line: JournalLine): void => {
      if (line.kind !== 'coverage') return;
      const { source, name, destination, counts } = line;
      added.push({ source, name, destination, counts });
      if (added.length >= maxAdded) settle();
    },
    answer: (): QualityAnswer => {
      const known = settings();
      const { destinations } = known;
      const rows = qualityRows(settle(), {
        eventSourceOf: (destination) => destinations[destination]?.eventSource ?? 'web',
        kindOf: (source) => sourceKind(source, known),
        isDelivered: true,
      });
      return {
        rows: rows.map(({ source, event: name, counts, estimate: score }) => ({
          source,
          name,
          counts,
          score,
        })),
        gains: greatestGains(rows),
      };
    },
  };
}

/** A gain counts for all events of its row. */
const greatestGains = (rows: readonly QualityRow[]): QualityAnswer['gains'] =>
  rows
    .flatMap(({ source, event, events, gains }) =>
      gains.map(({ text, guide, points }) => ({
        text: `${event} from ${source}: ${text}.`,
        guide,
        weight: points * events,
      })),
    )
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, maxGains)
    .map(({ text, guide }) => ({ text, guide }));
