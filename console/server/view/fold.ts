/** Folds the lines of a stage into rows, counts, waiting groups and coverage as they come, within a fixed amount of memory. */
import type { JournalLine, ReceivedLine } from '../../../lib/journal/line.ts';
import { partsOf } from '../../../lib/journal/parts.ts';
import { createRows } from '../../../lib/journal/rows.ts';
import type { ConsoleSource } from '../source.ts';
import { createFlow } from './flow.ts';
import { createHeld } from './held.ts';
import { createQuality } from './quality.ts';
import { createTotals } from './totals.ts';

export type Fold = ReturnType<typeof createFold>;

/** The totals are counted before the rows can forget an event. */
const eventsAtOnce = 500;
/** Requests whose rows can be asked for by trace. */
const maxRequests = 100;
/** Lines with a request that became no event, or an event without an id: as many as there are rows. */
const maxEventless = 10_000;

export function createFold(source: ConsoleSource) {
  const [rows, flow, totals, quality] = [createRows(), createFlow(), createTotals(), createQuality(source)];
  const held = createHeld(source.isLocal ? 'local' : source.stage);
  const [requests, eventless]: [ReceivedLine[], ReceivedLine[]] = [[], []];
  let counted = '';
  let parked = 0;

  function add(line: JournalLine): void {
    for (const part of [rows, flow, held, quality]) part.add(line);
    if (line.kind === 'parked') parked += 1;
    if (line.kind !== 'received') return;
    requests.push(line);
    if (partsOf(line).length > 0) eventless.push(line);
  }

  function countRows(): void {
    const { rows: changed, cursor } = rows.changed(counted);
    totals.update(changed);
    counted = cursor;
  }

  /** Takes the new lines of the stage. */
  function update(): void {
    let events = 0;
    for (const line of source.newLines()) {
      add(line);
      events += 'events' in line ? line.events.length : 1;
      if (events < eventsAtOnce) continue;
      countRows();
      events = 0;
    }
    countRows();
    requests.splice(0, requests.length - maxRequests);
    eventless.splice(0, eventless.length - maxEventless);
  }

  /** `cursor`: of the last row that changed. `requests`: the last ones. `eventless`: lines with something that has no fingerprint. */
  return {
    update,
    cursor: () => counted,
    parked: () => parked,
    rows,
    flow,
    totals,
    held,
    quality,
    requests,
    eventless,
  };
}
