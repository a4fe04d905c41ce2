/** The story of one event: what became of it, step by step, and what you can do about it. */
import { useEffect, useRef } from 'preact/hooks';
import type { ConsoleState, Row, StoryAnswer } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { idOf, nameOf, reasonOf } from '../events/event-row.tsx';
import { FaultText } from '../parts/fault-text.tsx';
import { OutcomePill } from '../parts/pill.tsx';
import { Prose } from '../parts/prose.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { BothCopies } from './both-copies.tsx';
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

export function EventDetail({ api, rowId, known, isSheet, onClose, onChanged, ...props }: DetailProps) {
  const load = () => api.story(rowId);
  const { data, fault, reload } = useLoaded<StoryAnswer>(load, versionOf(known), passingMs);
  const row = known ?? data?.row;
  const changed = () => {
    reload();
    onChanged();
  };
  return (
    <section class={isSheet ? 'detail' : 'card detail'} aria-labelledby="detail-title">
      <Head name={row === undefined ? 'Event' : nameOf(row)} isSheet={isSheet} onClose={onClose} />
      {row !== undefined && <Summary row={row} />}
      <FaultText text={fault} />
      {data !== undefined && (
        <Story api={api} story={data} row={row ?? data.row} onChanged={changed} {...props} />
      )}
      {data === undefined && fault === '' && <p class="dim">Loading …</p>}
    </section>
  );
}

/** The story is loaded again when the row has changed. */
const versionOf = (row: Row | undefined): string =>
  row === undefined ? '' : `${row.outcome} ${row.attempts} ${row.nextAttemptMs ?? ''}`;

interface HeadProps extends Pick<DetailProps, 'isSheet' | 'onClose'> {
  readonly name: string;
}

function Head({ name, isSheet, onClose }: HeadProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isSheet) title.current?.focus();
  }, [isSheet]);
  return (
    <div class="detail-head">
      <h2 id="detail-title" ref={title} tabIndex={-1}>
        {name}
      </h2>
      <button type="button" onClick={onClose}>
        {isSheet ? 'Back' : 'Close'}
      </button>
    </div>
  );
}

const Summary = ({ row }: { readonly row: Row }) => (
  <div class="summary">
    {idOf(row) !== '' && <code>{idOf(row)}</code>}
    <p>
      <OutcomePill outcome={row.outcome} /> <Prose text={reasonOf(row)} />
    </p>
  </div>
);

interface StoryProps extends Pick<DetailProps, 'api' | 'state' | 'clockOffsetMs' | 'onChanged'> {
  readonly story: StoryAnswer;
  readonly row: Row;
}

const Story = ({ api, story, row, state, clockOffsetMs, onChanged }: StoryProps) => (
  <>
    <DetailActions api={api} story={story} state={state} onChanged={onChanged} />
    <h3>What happened</h3>
    <Timeline steps={story.steps} nextAttemptMs={row.nextAttemptMs} clockOffsetMs={clockOffsetMs} />
    {story.copies !== undefined && <BothCopies copies={story.copies} />}
    <Changes changes={story.changes} />
    <h3>Details</h3>
    <Facts row={row} />
  </>
);
