/** Which rows a run rejected: their place in the result and their ids, and never the rows themselves. */
import type { RejectedRowsAnswer, SyncRun } from '../../syncs-api.ts';
import type { Api } from '../api-client.ts';
import { FaultText } from '../parts/fault-text.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { countText } from '../text/words.ts';
import { errorsText } from './sync-words.ts';

interface RejectedProps {
  readonly api: Api;
  readonly sync: string;
  readonly run: SyncRun;
}

export function RejectedRows({ api, sync, run }: RejectedProps) {
  const load = () => api.rejectedRows(sync, run.id);
  const { data, fault } = useLoaded<RejectedRowsAnswer>(load, `${run.id} ${run.rejected}`);
  if (data === undefined)
    return fault === '' ? <p class="dim">Loading the rejected rows …</p> : <FaultText text={fault} />;
  if (data.rows.length === 0)
    return <p class="dim">The ids of the rejected rows are no longer kept: they are after 30 days.</p>;
  return (
    <>
      <table class="facts-table">
        <caption>Rejected rows</caption>
        <thead>
          <tr>
            <th scope="col" class="amount">
              Row
            </th>
            <th scope="col">Id</th>
            <th scope="col">Cursor</th>
            <th scope="col">Errors</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map(({ row, key, cursor, errors }) => (
            <tr key={row}>
              <td class="amount">
                <span class="small-title">row </span>
                {countText(row)}
              </td>
              <td class={key === undefined ? 'nothing' : ''}>
                {key === undefined ? '–' : <code>{key}</code>}
              </td>
              <td class={cursor === undefined ? 'nothing' : ''}>
                {cursor === undefined ? '–' : <code>{cursor}</code>}
              </td>
              <td>
                <code>{errorsText(errors)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Others count={run.rejected - data.rows.length} />
    </>
  );
}

const Others = ({ count }: { readonly count: number }) =>
  count <= 0 ? null : <p class="dim">{countText(count)} more are not listed.</p>;
