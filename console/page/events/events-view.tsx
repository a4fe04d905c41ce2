/** The events: numbers, filters, the list, and the story of the open one beside it. */
import { useState } from 'preact/hooks';
import type { ConsoleState, Row } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { EventDetail } from '../detail/event-detail.tsx';
import { Overview } from '../overview/overview.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { goTo } from '../state/route.ts';
import { readRoute } from '../state/route-text.ts';
import type { Console } from '../state/use-console.ts';
import { narrowScreen, useMedia } from '../state/use-media.ts';
import { EventFilters } from './event-filters.tsx';
import { Rows } from './rows.tsx';
import { useEscape } from './use-escape.ts';
import { focusRow } from './use-list-keys.ts';
import { Waiting } from './waiting.tsx';

interface ViewProps {
  readonly api: Api;
  readonly page: Console;
  readonly state: ConsoleState;
  readonly openId: string | undefined;
}

export function EventsView({ api, page, state, openId }: ViewProps) {
  const { filters, clockOffsetMs } = page.model;
  const isNarrow = useMedia(narrowScreen);
  const isBeside = openId !== undefined && !isNarrow;
  const cursor = useCursor(openId);
  useEscape(isBeside, close);
  const detail = openId !== undefined && (
    <Detail key={openId} api={api} page={page} state={state} rowId={openId} isSheet={isNarrow} />
  );
  return (
    <>
      <h1 class="unseen">Events</h1>
      <Overview state={state} clockOffsetMs={clockOffsetMs} filters={filters} onFilter={page.filter} />
      <div class={isBeside ? 'columns' : ''}>
        <section class="card events" aria-labelledby="events-title">
          <div class="events-head">
            <h2 id="events-title">Events</h2>
            <EventFilters state={state} filters={filters} onFilter={page.filter} />
          </div>
          <Waiting page={page} />
          <Rows page={page} state={state} openId={openId} {...cursor} />
        </section>
        {isBeside && detail}
      </div>
      {isNarrow && detail && (
        <Dialog kind="sheet" label="Event" onClose={close}>
          {detail}
        </Dialog>
      )}
    </>
  );
}

/** The row of the cursor. While a story is open, moving the cursor opens the next one. */
function useCursor(openId: string | undefined) {
  const [activeId, setActiveId] = useState(openId);
  const onOpen = (row: Row) => {
    setActiveId(row.id);
    goTo({ view: 'events', rowId: row.id });
  };
  const onActivate = (row: Row) => {
    setActiveId(row.id);
    if (readRoute(location.hash).rowId !== undefined) goTo({ view: 'events', rowId: row.id }, false);
  };
  return { activeId, onOpen, onActivate };
}

/** Closes the story and gives the focus back to its row. */
function close(): void {
  const { rowId } = readRoute(location.hash);
  goTo({ view: 'events' });
  if (rowId !== undefined) focusRow(rowId);
}

interface DetailProps extends Omit<ViewProps, 'openId'> {
  readonly rowId: string;
  readonly isSheet: boolean;
}

const Detail = ({ page, rowId, ...props }: DetailProps) => (
  <EventDetail
    {...props}
    rowId={rowId}
    known={page.model.list.rows.find(({ id }) => id === rowId)}
    clockOffsetMs={page.model.clockOffsetMs}
    onClose={close}
    onChanged={page.refresh}
  />
);
