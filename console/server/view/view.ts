/** What the page sees of a stage: its lines of the journal, folded as they come, within a fixed amount of memory. */
import { randomBytes } from 'node:crypto';
import type { JournalLine, ReceivedLine } from '../../../lib/journal/line.ts';
import type { EventRow } from '../../../lib/journal/row.ts';
import { createRows } from '../../../lib/journal/rows.ts';
import type { ChangesAnswer, ConsoleState, QualityAnswer, Row, RowsAnswer, StoryAnswer } from '../../api.ts';
import type { ConsoleSource } from '../source.ts';
import { apiRow } from './api-row.ts';
import { createFinder } from './finder.ts';
import { createFlow } from './flow.ts';
import { createHeld } from './held.ts';
import { filterOf, fitting, matches, pageOfRows } from './page-of-rows.ts';
import { createQuality } from './quality.ts';
import { storyOf } from './story-of.ts';
import { createTotals } from './totals.ts';

export interface View {
  state(): ConsoleState;
  rows(query: URLSearchParams): Promise<RowsAnswer>;
  /** @param after a cursor; with one of another run of the server, every row has changed */
  changes(after: string): ChangesAnswer;
  quality(): QualityAnswer;
  row(id: string): Row | undefined;
  /** @returns the event of each row that has a dead letter, by `deadLetterId` */
  eventsOfLetters(): ReadonlyMap<string, string>;
  /** @returns undefined for a row that is not in memory */
  story(id: string): Promise<StoryAnswer | undefined>;
  /** @returns the id of the row that the request with this trace became */
  rowOfTrace(trace: string): string | undefined;
}

/** The totals are counted before the fold can forget a row. */
const eventsAtOnce = 500;
/** Requests whose rows can be asked for by trace. */
const maxRequests = 100;
/** Requests that became no event, as many as there are rows. */
const maxEventless = 10_000;

export function createView(source: ConsoleSource): View {
  const rows = createRows();
  const [flow, totals, finder] = [createFlow(), createTotals(), createFinder(source)];
  const quality = createQuality(source);
  const held = createHeld(source.isLocal ? 'local' : source.stage);
  /** Of this run: a page that is still open asks the next run with it. */
  const run = randomBytes(4).toString('hex');
  const [requests, eventless]: [ReceivedLine[], ReceivedLine[]] = [[], []];
  let counted = '';

  function fold(line: JournalLine): void {
    for (const part of [rows, flow, held, quality]) part.add(line);
    if (line.kind !== 'received') return;
    requests.push(line);
    if (line.events.length === 0) eventless.push(line);
  }

  function countRows(): void {
    const { rows: changed, cursor } = rows.changed(counted);
    totals.update(changed);
    counted = cursor;
  }

  function update(): void {
    let events = 0;
    for (const line of source.newLines()) {
      fold(line);
      events += 'events' in line ? line.events.length : 1;
      if (events < eventsAtOnce) continue;
      countRows();
      events = 0;
    }
    countRows();
    requests.splice(0, requests.length - maxRequests);
    eventless.splice(0, eventless.length - maxEventless);
  }

  const show = (row: EventRow): Row =>
    apiRow(row, row.event === undefined ? undefined : source.local?.eventId(row.event));
  const find = (id: string): EventRow | undefined => rows.get(id) ?? finder.get(id);

  return {
    state: () => {
      update();
      const nowMs = Date.now();
      const { stage, isLocal, sendsTo, sinceMs } = source;
      const medianMs = totals.medianMs();
      return {
        ...{ stage, isLocal, sendsTo, nowMs, sinceMs },
        totals: totals.counts(),
        ...(medianMs !== undefined && { medianMs }),
        held: held.groups(),
        flow: flow.buckets(sinceMs, nowMs),
        sources: totals.sources(),
        names: totals.names(),
        cursor: `${run}.${rows.changed(counted).cursor}`,
        problems: source.problems(),
      };
    },
    rows: async (query) => {
      update();
      const filter = filterOf(query);
      const known = rows.list().filter((row) => matches(row, filter));
      const isMissing = known.length === 0 && filter.find !== undefined;
      const found = isMissing ? await finder.find(filter.find ?? '') : known;
      return pageOfRows(found, query.get('before'), show);
    },
    changes: (after) => {
      update();
      const [ofRun, cursor] = after.split('.', 2);
      const changed = rows.changed(ofRun === run ? cursor : undefined);
      return { rows: fitting(changed.rows.toReversed(), show), cursor: `${run}.${changed.cursor}` };
    },
    quality: () => {
      update();
      return quality.answer();
    },
    eventsOfLetters: () => {
      update();
      return new Map(
        rows
          .list()
          .flatMap(({ deadLetterId, event }) =>
            deadLetterId === undefined || event === undefined ? [] : [[deadLetterId, event]],
          ),
      );
    },
    row: (id) => {
      const row = find(id);
      return row && show(row);
    },
    story: async (id) => {
      update();
      const row = find(id);
      return row && storyOf(row, show(row), { source, eventless });
    },
    rowOfTrace: (trace) => {
      update();
      const line = requests.find(({ traces }) => traces.includes(trace));
      if (line === undefined) return undefined;
      const event = line.events[0]?.event;
      return event ?? rows.list().find((row) => row.atMs === line.atMs && row.source === line.source)?.id;
    },
  };
}
