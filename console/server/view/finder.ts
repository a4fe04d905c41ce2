/** Finds events that are not in view: older ones, by a fingerprint that somebody looks for. */

import type { JournalLine } from '../../../lib/journal/line.ts';
import type { EventRow } from '../../../lib/journal/row.ts';
import { createRows } from '../../../lib/journal/rows.ts';
import type { ConsoleSource } from '../source.ts';

export interface Finder {
  /** @returns the rows of an event, or of all events of an order, newest first */
  find(fingerprint: string): Promise<readonly EventRow[]>;
  /** @returns a row that was found before */
  get(id: string): EventRow | undefined;
}

/** The longest retention of a stage's logs. */
const oldestMs = 30 * 86_400_000;
/** The page asks again while the text is in its field; a question to CloudWatch costs money. */
const cacheMs = 60_000;
const form = /^[0-9a-f]{16}$/;

export function createFinder(source: ConsoleSource): Finder {
  const found = createRows({ maxRows: 1_000 });
  let last:
    | { readonly fingerprint: string; readonly untilMs: number; readonly ids: readonly string[] }
    | undefined;

  return {
    find: async (fingerprint) => {
      if (!form.test(fingerprint)) return [];
      if (last?.fingerprint !== fingerprint || last.untilMs < Date.now()) {
        const fromMs = Date.now() - oldestMs;
        const lines = await source.linesWith([fingerprint], fromMs);
        const ids = idsIn(lines, fingerprint);
        // Only the line of the receipt names the order.
        const others = ids.filter((id) => id !== fingerprint);
        if (others.length > 0) lines.push(...(await source.linesWith(others, fromMs)));
        for (const line of lines) found.add(line);
        last = { fingerprint, untilMs: Date.now() + cacheMs, ids };
      }
      const { ids } = last;
      // An event without an id of its own has a row all the same.
      return found.list().filter(({ id, orders }) => ids.includes(id) || orders.includes(fingerprint));
    },
    get: (id) => found.get(id),
  };
}

const maxEvents = 100;

/** @returns the events that have the fingerprint as their own or as that of their order */
function idsIn(lines: readonly JournalLine[], fingerprint: string): string[] {
  const ids = lines.flatMap((line) => {
    if (line.kind === 'received')
      return line.events.filter(({ orders }) => orders.includes(fingerprint)).map(({ event }) => event);
    return line.kind === 'parked' && line.orders.includes(fingerprint) ? [line.event] : [];
  });
  const known = ids.filter((id) => id !== undefined);
  return [...new Set([fingerprint, ...known])].slice(0, maxEvents);
}
