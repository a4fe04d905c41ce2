/** The story of one event: what became of it, step by step, and what you can do about it. */
import { useEffect, useRef } from 'preact/hooks';
import type { ConsoleState, Row, StoryAnswer } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { idOf, nameOf, reasonOf } from '../events/event-row.tsx';
import { FaultText } from '../parts/fault-text.tsx';
import { OutcomePill } from '../parts/pill.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { Changes } from './changes.tsx';
import { DetailActions } from './detail-actions.tsx';
import { Facts } from './facts.tsx';
import { Timeline } from './timeline.tsx';

interface DetailProps {
  readonly api: Api;
  readonly rowId: string;
  /** The row as the list shows it, until the story is loaded. */
  readonly known: Row | undefined;
  readonly state: ConsoleState;
  readonly clockOffsetMs: number;
  readonly isSheet: boolean;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** A held arrow key passes many stories that nobody reads. */
const passingMs = 80;

export function EventDetail(props: DetailProps) {
  const { api, rowId, known, state, isSheet, onClose, onChanged } = props;
  const story = useLoaded<StoryAnswer>(() => api.story(rowId), versionOf(known), passingMs);
  const row = known ?? story.data?.row;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isSheet) title.current?.focus();
  }, [isSheet]);
  return (
    <section
      class={isSheet ? 'detail' : 'card detail'}
      aria-labelledby="detail-title"
      data-outcome={row?.outcome}
    >
      <div class="detail-head">
        <h2 id="detail-title" ref={title} tabIndex={-1}>
          {row === undefined ? 'Event' : nameOf(row)}
        </h2>
        <button type="button" onClick={onClose}>
          {isSheet ? 'Back' : 'Close'}
        </button>
      </div>
      {row !== undefined && <Summary row={row} />}
      <FaultText text={story.fault} />
      {story.data !== undefined && (
        <>
          <h3>What happened</h3>
          <Timeline
            steps={story.data.steps}
            nextAttemptMs={row?.nextAttemptMs}
            clockOffsetMs={props.clockOffsetMs}
          />
          <Changes changes={story.data.changes} />
          <h3>Details</h3>
          <Facts row={row ?? story.data.row} />
          <DetailActions
            api={api}
            story={story.data}
            state={state}
            onChanged={() => {
              story.reload();
              onChanged();
            }}
          />
        </>
      )}
      {story.data === undefined && story.fault === '' && <p class="dim">Loading …</p>}
    </section>
  );
}

const Summary = ({ row }: { readonly row: Row }) => (
  <div class="summary">
    {idOf(row) !== '' && <code class="id">{idOf(row)}</code>}
    <p>
      <OutcomePill outcome={row.outcome} /> {reasonOf(row)}
    </p>
  </div>
);

/** The story is loaded again when the row has changed. */
const versionOf = (row: Row | undefined): string =>
  row === undefined ? '' : `${row.outcome} ${row.attempts} ${row.nextAttemptMs ?? ''}`;
