/** Keeps the page current: it polls the server, and says so when the connection is lost. */
import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { type Api, ApiFault } from '../api-client.ts';
import { type Action, emptyModel, type Model, reduce } from './model.ts';
import { type Filters, noFilters } from './rows-query.ts';

export interface Console {
  readonly model: Model;
  filter(filters: Filters): void;
  loadOlder(): Promise<void>;
  /** While it is true, new rows wait. */
  readonly isStill: { current: boolean };
  /** Lets waiting rows in. */
  showWaiting(): void;
  /** Asks at once, after an action. */
  refresh(): void;
}

interface Poll {
  readonly dispatch: (action: Action) => void;
  readonly isStill: { readonly current: boolean };
  readonly wake: { current: () => void };
  /** The cursor of the changes is known: rows that are loaded now miss none. */
  readonly connected: () => void;
}

const pollMs = 1000;
const hiddenPollMs = 10_000;
/** State costs the server more than changes. */
const pollsPerState = 2;

export function useConsole(api: Api): Console {
  const [model, dispatch] = useReducer<Model, Action>(reduce, emptyModel);
  const [load, setLoad] = useState({ filters: noFilters, connections: 0 });
  const isStill = useRef(false);
  const wake = useRef(() => {});
  const older = useRef({ filters: model.filters, before: model.before });
  older.current = { filters: model.filters, before: model.before };

  useEffect(() => {
    const connected = () =>
      setLoad(({ filters, connections }) => ({ filters, connections: connections + 1 }));
    return poll(api, { dispatch, isStill, wake, connected });
  }, [api]);
  useEffect(() => {
    return load.connections === 0 ? undefined : loadRows(api, load.filters, dispatch);
  }, [api, load]);

  const filter = useCallback((filters: Filters) => setLoad((last) => ({ ...last, filters })), []);
  const showWaiting = useCallback(() => dispatch({ type: 'changes', rows: [], isStill: false }), []);
  const refresh = useCallback(() => wake.current(), []);
  const loadOlder = useCallback(async () => {
    const { filters, before } = older.current;
    const answer = await api.rows({ ...filters, ...(before === undefined ? {} : { before }) });
    dispatch({ type: 'older', rows: answer.rows, before: answer.before });
  }, [api]);
  return { model, filter, loadOlder, isStill, showWaiting, refresh };
}

function loadRows(api: Api, filters: Filters, dispatch: (action: Action) => void): () => void {
  let isOver = false;
  const load = async (): Promise<void> => {
    try {
      const { rows, before } = await api.rows({ ...filters });
      if (!isOver) dispatch({ type: 'rows', rows, before });
    } catch (error) {
      if (isOver) return;
      dispatch(faultOf(error));
      setTimeout(load, pollMs);
    }
  };
  dispatch({ type: 'load', filters });
  void load();
  return () => {
    isOver = true;
  };
}

function poll(api: Api, { dispatch, isStill, wake, connected }: Poll): () => void {
  let cursor: string | undefined;
  let isOver = false;
  const readState = async () => {
    const state = await api.state();
    dispatch({ type: 'state', state, receivedMs: Date.now() });
    if (cursor !== undefined) return;
    cursor = state.cursor;
    connected();
  };
  const readChanges = async () => {
    const changes = await api.changes(cursor ?? '');
    cursor = changes.cursor;
    dispatch({ type: 'changes', rows: changes.rows, isStill: isStill.current });
  };
  const run = async () => {
    for (let count = 0; !isOver; count += 1) {
      try {
        if (cursor === undefined || count % pollsPerState === 0) await readState();
        if (!isOver) await readChanges();
      } catch (error) {
        // A server that was started again may know neither the cursor nor the rows.
        cursor = undefined;
        dispatch(faultOf(error));
      }
      await pause(document.hidden ? hiddenPollMs : pollMs, wake);
    }
  };
  void run();
  return () => {
    isOver = true;
    wake.current();
  };
}

/** Ends early when the page is shown again or something was done. */
function pause(ms: number, wake: { current: () => void }): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    document.addEventListener('visibilitychange', end);
    wake.current = end;
  });
}

const faultOf = (error: unknown): Action => ({
  type: 'fault',
  connection: error instanceof ApiFault && error.kind === 'forbidden' ? 'forbidden' : 'lost',
  fault: error instanceof Error ? error.message : '',
});
