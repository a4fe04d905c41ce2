/** What the page sees of a stage. Each answer contains every line that the stage has given by then. */
import { randomBytes } from 'node:crypto';
import type { EventRow } from '../../../lib/journal/row.ts';
import type { ChangesAnswer, ConsoleState, QualityAnswer, Row, RowsAnswer, StoryAnswer } from '../../api.ts';
import type { ConsoleSource } from '../source.ts';
import { apiRow } from './api-row.ts';
import { createFinder, type Finder } from './finder.ts';
import { createFold, type Fold } from './fold.ts';
import { filterOf, fitting, matches, pageOfRows, type Show } from './page-of-rows.ts';
import { storyOf } from './story-of.ts';

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

export function createView(source: ConsoleSource): View {
  const [fold, finder] = [createFold(source), createFinder(source)];
  /** Of this run: a page that is still open asks the next run with it. */
  const run = randomBytes(4).toString('hex');
  const show: Show = (row) =>
    apiRow(row, row.event === undefined ? undefined : source.local?.identity(row.event));
  const find = (id: string): EventRow | undefined => fold.rows.get(id) ?? finder.get(id);
  const updated = (): Fold => {
    fold.update();
    return fold;
  };

  return {
    state: () => stateOf(source, updated(), `${run}.${fold.cursor()}`),
    rows: (query) => rowsOf(query, updated(), { finder, show }),
    changes: (after) => {
      const [ofRun, cursor] = after.split('.', 2);
      const changed = updated().rows.changed(ofRun === run ? cursor : undefined);
      return { rows: fitting(changed.rows.toReversed(), show), cursor: `${run}.${changed.cursor}` };
    },
    quality: () => updated().quality.answer(),
    row: (id) => {
      const row = find(id);
      return row && show(row);
    },
    eventsOfLetters: () => eventsOfLetters(updated()),
    story: async (id) => {
      const { eventless } = updated();
      const row = find(id);
      return row && storyOf(row, show(row), { source, eventless });
    },
    rowOfTrace: (trace) => rowOfTrace(trace, updated()),
  };
}

function stateOf(source: ConsoleSource, fold: Fold, cursor: string): ConsoleState {
  const { totals, held, flow } = fold;
  const { stage, isLocal, sendsTo, sinceMs } = source;
  const nowMs = Date.now();
  const medianMs = totals.medianMs();
  return {
    ...{ stage, isLocal, sendsTo, nowMs, sinceMs, cursor },
    totals: totals.counts(),
    parked: fold.parked(),
    ...(medianMs !== undefined && { medianMs }),
    held: held.groups(),
    flow: flow.buckets(sinceMs, nowMs),
    sources: totals.sources(),
    names: totals.names(),
    hasSyncs: source.syncs?.any() === true,
    problems: source.problems(),
  };
}

/** A fingerprint that is not in memory is looked for in the whole journal. */
async function rowsOf(
  query: URLSearchParams,
  { rows }: Fold,
  { finder, show }: { readonly finder: Finder; readonly show: Show },
): Promise<RowsAnswer> {
  const filter = filterOf(query);
  const known = rows.list().filter((row) => matches(row, filter));
  const isMissing = known.length === 0 && filter.find !== undefined;
  const found = isMissing ? await finder.find(filter.find ?? '') : known;
  return pageOfRows(found, query.get('before'), show);
}

const eventsOfLetters = ({ rows }: Fold): ReadonlyMap<string, string> =>
  new Map(
    rows
      .list()
      .flatMap(({ deadLetterId, event }) =>
        deadLetterId === undefined || event === undefined ? [] : [[deadLetterId, event]],
      ),
  );

function rowOfTrace(trace: string, { requests, rows }: Fold): string | undefined {
  const line = requests.find(({ traces }) => traces.includes(trace));
  if (line === undefined) return undefined;
  const isOf = (row: EventRow): boolean => row.atMs === line.atMs && row.source === line.source;
  return line.events[0]?.event ?? rows.list().find(isOf)?.id;
}
