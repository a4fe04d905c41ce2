/** Kinds of problems of rows: how often, and where first. */
import type { RowProblem } from '../../syncs-api.ts';
import { Prose } from '../parts/prose.tsx';
import { countText } from '../text/words.ts';

interface TableProps {
  readonly title: string;
  readonly problems: readonly RowProblem[];
}

export const ProblemTable = ({ title, problems }: TableProps) =>
  problems.length === 0 ? null : (
    <table class="facts-table">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col" class="amount">
            Rows
          </th>
          <th scope="col">Field</th>
          <th scope="col">Code</th>
          <th scope="col">Meaning</th>
          <th scope="col" class="amount">
            First row
          </th>
        </tr>
      </thead>
      <tbody>
        {problems.map(({ field, code, message, count, row }) => (
          <tr key={`${field} ${code} ${message}`}>
            <td class="amount">
              {countText(count)}
              <span class="small-title"> ×</span>
            </td>
            <td>{field === '' ? <span class="dim">row</span> : <code>{field}</code>}</td>
            <td>
              <code>{code}</code>
            </td>
            <td class="meaning">
              <Prose text={message} />
            </td>
            <td class="amount">
              <span class="small-title">first in row </span>
              {countText(row)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
