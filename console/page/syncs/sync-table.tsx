/** All syncs with the numbers of their last runs; on a small screen, each is a card. */
import type { SyncSummary } from '../../syncs-api.ts';
import { Pill } from '../parts/pill.tsx';
import { Time } from '../parts/time.tsx';
import { routeText } from '../state/route-text.ts';
import { shortTime } from '../text/format-time.ts';
import { countText } from '../text/words.ts';
import { scheduleText, states } from './sync-words.ts';

interface TableProps {
  readonly syncs: readonly SyncSummary[];
  readonly chosen: string;
}

export const SyncTable = ({ syncs, chosen }: TableProps) => (
  <section class="card" aria-label="List of syncs">
    <table class="syncs">
      <thead>
        <tr>
          <th scope="col">Sync</th>
          <th scope="col">State</th>
          <th scope="col">Last run</th>
          {numbers.map(([name, title]) => (
            <th key={name} scope="col" class="amount">
              {title}
            </th>
          ))}
          <th scope="col">Cursor</th>
        </tr>
      </thead>
      <tbody>
        {syncs.map((sync) => (
          <SyncRow key={sync.name} sync={sync} isChosen={sync.name === chosen} />
        ))}
      </tbody>
    </table>
  </section>
);

const numbers = [
  ['rows', 'Rows'],
  ['sent', 'Sent'],
  ['omitted', 'Omissions'],
  ['rejected', 'Rejected'],
] as const;

function SyncRow({ sync, isChosen }: { readonly sync: SyncSummary; readonly isChosen: boolean }) {
  const { name, state, run, cursor } = sync;
  return (
    <tr class={isChosen ? 'chosen' : ''}>
      <th scope="row" class="name">
        <a href={routeText({ view: 'syncs', sync: name })} aria-current={isChosen ? 'true' : undefined}>
          {name}
        </a>
        <code>{scheduleText(sync)}</code>
      </th>
      <td class="state">
        <Pill tone={states[state].tone}>{state}</Pill>
      </td>
      <td class="when">
        {run === undefined ? (
          <span class="dim">never</span>
        ) : (
          <Time ms={run.startedAtMs}>{shortTime(run.startedAtMs, Date.now())}</Time>
        )}
      </td>
      {numbers.map(([field, title]) => (
        <td key={field} class={run === undefined ? 'amount nothing' : 'amount'}>
          <span class="small-title">{title} </span>
          {run === undefined ? '–' : countText(run[field])}
        </td>
      ))}
      <td class={cursor === undefined ? 'cursor nothing' : 'cursor'}>
        {cursor === undefined ? (
          <span class="dim">–</span>
        ) : (
          <>
            <span class="dim">{cursor.column} </span>
            <code>{cursor.value ?? 'at the start'}</code>
          </>
        )}
      </td>
    </tr>
  );
}
