/** Shares as bars; each number is text too. */
import { percent } from '../../../cli/quality/percent.ts';
import { countText } from '../text/words.ts';
import type { Bar } from './sum-coverage.ts';

export const Bars = ({ title, bars }: { readonly title: string; readonly bars: readonly Bar[] }) => (
  <table class="bars">
    <caption>{title}</caption>
    <tbody>
      {bars.map(({ key, label, count, share }) => (
        <tr key={key}>
          <th scope="row">{label}</th>
          <td class="bar">
            <span class="track">
              <span class="fill" style={{ width: `${Math.min(1, share) * 100}%` }} />
            </span>
          </td>
          <td class="share" title={`${countText(count)} events`}>
            {percent(share)}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
