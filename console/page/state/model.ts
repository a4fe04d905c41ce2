/** What the page knows, and how each answer changes it: a pure reducer. */
import type { ConsoleState, Row } from '../../api.ts';
import { appendRows, applyChanges, type RowList, sortRows } from './merge-rows.ts';
import { type Filters, matchesFilters, noFilters } from './rows-query.ts';

export interface Model {
  readonly connection: 'connecting' | 'live' | 'lost' | 'forbidden';
  /** Why the connection is not live. */
  readonly fault: string;
  readonly state: ConsoleState | undefined;
  /** Add it to this machine's clock to get the server's. */
  readonly clockOffsetMs: number;
  readonly list: RowList;
  /** Rows were loaded at least once with these filters. */
  readonly isLoaded: boolean;
  readonly filters: Filters;
  /** The cursor of older rows. */
  readonly before: string | undefined;
  /** Changes that came while rows were loading: the answer may be older. */
  readonly early: readonly Row[];
}

export type Action =
  | { readonly type: 'state'; readonly state: ConsoleState; readonly receivedMs: number }
  | { readonly type: 'rows'; readonly rows: readonly Row[]; readonly before?: string | undefined }
  | { readonly type: 'older'; readonly rows: readonly Row[]; readonly before?: string | undefined }
  | { readonly type: 'changes'; readonly rows: readonly Row[]; readonly isStill: boolean }
  | { readonly type: 'load'; readonly filters: Filters }
  | { readonly type: 'fault'; readonly connection: 'lost' | 'forbidden'; readonly fault: string };

export const emptyModel: Model = {
  connection: 'connecting',
  fault: '',
  state: undefined,
  clockOffsetMs: 0,
  list: { rows: [], waiting: [] },
  isLoaded: false,
  filters: noFilters,
  before: undefined,
  early: [],
};

export function reduce(model: Model, action: Action): Model {
  switch (action.type) {
    case 'state':
      return {
        ...model,
        ...live,
        state: action.state,
        clockOffsetMs: action.state.nowMs - action.receivedMs,
      };
    case 'rows':
      return loaded(model, action.rows, action.before);
    case 'older':
      return { ...model, before: action.before, list: appendRows(model.list, action.rows) };
    case 'changes':
      return {
        ...model,
        ...live,
        list: changed(model, action.rows, action.isStill),
        early: early(model, action.rows),
      };
    case 'load':
      return { ...model, filters: action.filters, isLoaded: false, early: [] };
    case 'fault':
      return { ...model, connection: action.connection, fault: action.fault };
  }
}

const live = { connection: 'live', fault: '' } as const;

function loaded(model: Model, rows: readonly Row[], before: string | undefined): Model {
  const list = { rows: sortRows(rows), waiting: [] };
  const withEarly = changed({ ...model, list }, model.early, false);
  return { ...model, ...live, isLoaded: true, before, list: withEarly, early: [] };
}

const early = (model: Model, rows: readonly Row[]): readonly Row[] =>
  model.isLoaded ? [] : [...model.early, ...rows];

const changed = ({ list, filters }: Model, rows: readonly Row[], isStill: boolean): RowList =>
  applyChanges(list, rows, { isStill, belongs: (row) => matchesFilters(row, filters) });
