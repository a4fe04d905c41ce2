/** The gateway's copy of a browser's event and the pixel's, and whether TikTok counts them once. Local stage only. */
import type { Copies } from '../../api.ts';
import { Pill } from '../parts/pill.tsx';
import { Time } from '../parts/time.tsx';
import { clockTime } from '../text/format-time.ts';

export const BothCopies = ({ copies: { gateway, pixel, merge, text } }: { readonly copies: Copies }) => (
  <>
    <h3>Both copies</h3>
    <dl class="facts">
      <Copy from="The gateway’s" copy={gateway} />
      <Copy from="The pixel’s" copy={pixel} />
    </dl>
    <p>
      <Pill tone={merge ? 'good' : pixel === undefined ? 'neutral' : 'bad'}>
        {merge ? 'merge' : 'no merge'}
      </Pill>{' '}
      {text}
    </p>
  </>
);

interface CopyProps {
  readonly from: string;
  readonly copy: { readonly name: string; readonly atMs: number } | undefined;
}

const Copy = ({ from, copy }: CopyProps) => (
  <div>
    <dt>{from}</dt>
    <dd>
      {copy === undefined ? (
        'none'
      ) : (
        <>
          {copy.name}, <Time ms={copy.atMs}>{clockTime(copy.atMs)}</Time>
        </>
      )}
    </dd>
  </div>
);
