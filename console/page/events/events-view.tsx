/** The events: numbers, filters, the list, and the story of the open one beside it. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ConsoleState, Row } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { EventDetail } from '../detail/event-detail.tsx';
import { EmptyState } from '../overview/empty-state.tsx';
import { Overview } from '../overview/overview.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { goTo } from '../state/route.ts';
import { hasFilters } from '../state/rows-query.ts';
import type { Console } from '../state/use-console.ts';
import { narrowScreen, useMedia } from '../state/use-media.ts';
import { counted, countText } from '../text/words.ts';
import { EventFilters } from './event-filters.tsx';
import { EventList } from './event-list.tsx';
import { focusRow, isForPage } from './use-list-keys.ts';

interface ViewProps {
  readonly api: Api;
  readonly page: Console;
  readonly state: ConsoleState;
  readonly openId: string | undefined;
}

export function EventsView({ api, page, state, openId }: ViewProps) {
  const { model } = page;
  const isNarrow = useMedia(narrowScreen);
  const [activeId, setActiveId] = useState(openId);
  const open = useCallback((row: Row) => {
    setActiveId(row.id);
    goTo({ view: 'events', rowId: row.id });
  }, []);
  const activate = useCallback(
    (row: Row) => {
      setActiveId(row.id);
      if (openId !== undefined) goTo({ view: 'events', rowId: row.id }, false);
    },
    [openId],
  );
  const close = useCallback(() => {
    goTo({ view: 'events' });
    if (openId !== undefined) focusRow(openId);
  }, [openId]);
  useEscape(openId === undefined || isNarrow ? undefined : close);

  const detail = openId !== undefined && (
    <EventDetail
      key={openId}
      api={api}
      rowId={openId}
      known={model.list.rows.find(({ id }) => id === openId)}
      state={state}
      clockOffsetMs={model.clockOffsetMs}
      isSheet={isNarrow}
      onClose={close}
      onChanged={page.refresh}
    />
  );
  return (
    <>
      <h1 class="unseen">Events</h1>
      <Overview
        state={state}
        clockOffsetMs={model.clockOffsetMs}
        filters={model.filters}
        onFilter={page.filter}
      />
      <div class={detail && !isNarrow ? 'columns' : ''}>
        <section class="card events" aria-labelledby="events-title">
          <div class="events-head">
            <h2 id="events-title">Events</h2>
            <EventFilters state={state} filters={model.filters} onFilter={page.filter} />
          </div>
          <Waiting page={page} />
          <Rows
            page={page}
            state={state}
            activeId={activeId}
            openId={openId}
            onActivate={activate}
            onOpen={open}
          />
        </section>
        {detail && !isNarrow && detail}
      </div>
      {detail && isNarrow && (
        <Dialog kind="sheet" label="Event" onClose={close}>
          {detail}
        </Dialog>
      )}
    </>
  );
}

interface RowsProps {
  readonly page: Console;
  readonly state: ConsoleState;
  readonly activeId: string | undefined;
  readonly openId: string | undefined;
  readonly onActivate: (row: Row) => void;
  readonly onOpen: (row: Row) => void;
}

function Rows({ page, state, ...list }: RowsProps) {
  const { model } = page;
  const { rows } = model.list;
  if (rows.length === 0) {
    if (!model.isLoaded) return <p class="empty dim">Loading …</p>;
    return hasFilters(model.filters) ? <NothingFound /> : <EmptyState state={state} />;
  }
  return (
    <>
      <EventList rows={rows} clockOffsetMs={model.clockOffsetMs} isStill={page.isStill} {...list} />
      <p class="list-end dim">
        {counted(rows.length, 'row')}.{' '}
        {model.before !== undefined && (
          <button type="button" onClick={() => void page.loadOlder().catch(() => undefined)}>
            Show older events
          </button>
        )}
      </p>
    </>
  );
}

const NothingFound = () => (
  <div class="empty">
    <h3>Nothing found</h3>
    <p>No event matches these filters. An id must be complete, with the same upper and lower case.</p>
  </div>
);

/** New rows wait while you read, so that nothing moves under your cursor. */
function Waiting({ page }: { readonly page: Console }) {
  const count = page.model.list.waiting.length;
  if (count === 0) return null;
  const show = () => {
    page.showWaiting();
    document.querySelector('.events')?.scrollIntoView({ block: 'start', behavior: 'instant' });
  };
  return (
    <div class="waiting">
      <button type="button" class="main" onClick={show}>
        {countText(count)} new
      </button>
    </div>
  );
}

function useEscape(close: (() => void) | undefined): void {
  useEffect(() => {
    if (close === undefined) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && isForPage(event)) close();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [close]);
}
