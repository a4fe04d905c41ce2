/** The rows of the list, or why there are none. */
import type { ConsoleState, Row } from '../../api.ts';
import { EmptyState } from '../overview/empty-state.tsx';
import { FaultText } from '../parts/fault-text.tsx';
import { useAction } from '../parts/use-action.ts';
import { hasFilters } from '../state/rows-query.ts';
import type { Console } from '../state/use-console.ts';
import { counted } from '../text/words.ts';
import { EventList } from './event-list.tsx';

interface RowsProps {
  readonly page: Console;
  readonly state: ConsoleState;
  readonly activeId: string | undefined;
  readonly openId: string | undefined;
  readonly onActivate: (row: Row) => void;
  readonly onOpen: (row: Row) => void;
}

export function Rows({ page, state, ...list }: RowsProps) {
  const { model } = page;
  const { rows } = model.list;
  if (rows.length > 0)
    return (
      <>
        <EventList rows={rows} clockOffsetMs={model.clockOffsetMs} isStill={page.isStill} {...list} />
        <ListEnd page={page} />
      </>
    );
  if (!model.isLoaded) return <p class="empty dim">Loading …</p>;
  return hasFilters(model.filters) ? <NothingFound /> : <EmptyState state={state} />;
}

function ListEnd({ page }: Pick<RowsProps, 'page'>) {
  const { isBusy, fault, run } = useAction();
  return (
    <div class="list-end dim">
      {counted(page.model.list.rows.length, 'row')}.{' '}
      {page.model.before !== undefined && (
        <button type="button" disabled={isBusy} onClick={() => run(page.loadOlder)}>
          Show older events
        </button>
      )}
      <FaultText text={fault} />
    </div>
  );
}

const NothingFound = () => (
  <div class="empty">
    <h3>Nothing found</h3>
    <p>No event matches these filters. An id must be complete, with the same upper and lower case.</p>
  </div>
);
