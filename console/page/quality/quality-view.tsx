/** Match quality: which identifiers the delivered events have, an estimate of TikTok's score, and what would gain most. */
import { useState } from 'preact/hooks';
import type { QualityAnswer } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { Choice } from '../parts/choice.tsx';
import { FaultText } from '../parts/fault-text.tsx';
import { Prose } from '../parts/prose.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { counted } from '../text/words.ts';
import { Bars } from './bars.tsx';
import { type Summed, sumCoverage, valuesOf } from './sum-coverage.ts';

interface QualityProps {
  readonly api: Api;
  /** Changes when more events were delivered. */
  readonly version: string;
}

export function QualityView({ api, version }: QualityProps) {
  const { data, fault } = useLoaded<QualityAnswer>(api.quality, version);
  return (
    <>
      <h1 class="title">Match quality</h1>
      <p class="lead">
        TikTok attributes an event to a person by its match keys. The more events have them, the more sales
        TikTok can attribute.
      </p>
      <FaultText text={fault} />
      {data === undefined && fault === '' && <p class="dim">Loading …</p>}
      {data !== undefined && data.rows.length === 0 && (
        <p class="card empty dim">
          No delivered events yet. Coverage is counted when TikTok accepts an event.
        </p>
      )}
      {data !== undefined && data.rows.length > 0 && <Quality {...data} />}
    </>
  );
}

function Quality({ rows, gains }: QualityAnswer) {
  const [source, setSource] = useState('');
  const [name, setName] = useState('');
  const summed = sumCoverage(rows, source, name);
  return (
    <div class="quality">
      <section class="card" aria-labelledby="coverage-title">
        <div class="events-head">
          <h2 id="coverage-title">Coverage of {counted(summed.events, 'delivered event')}</h2>
          <div class="filters">
            <Choice
              label="Source"
              all="All sources"
              value={source}
              values={valuesOf(rows, 'source')}
              onChoose={setSource}
            />
            <Choice
              label="Event"
              all="All events"
              value={name}
              values={valuesOf(rows, 'name')}
              onChoose={setName}
            />
          </div>
        </div>
        <Bars title="Match keys" bars={summed.matchKeys} />
        <Bars title="Also good to have" bars={summed.others} />
      </section>
      <div class="side">
        <Score summed={summed} />
        <Gains gains={gains} />
      </div>
    </div>
  );
}

const Score = ({ summed }: { readonly summed: Summed }) => (
  <section class="card score" aria-labelledby="score-title">
    <h2 id="score-title">Estimated match quality</h2>
    {summed.events === 0 ? (
      <p class="dim">No events of this kind.</p>
    ) : (
      <p>
        <b>{summed.score.toFixed(1)}</b> <span class="dim">of 10</span>
      </p>
    )}
    <p class="dim">An estimate with weights of our own. TikTok shows its score in Events Manager.</p>
  </section>
);

const Gains = ({ gains }: Pick<QualityAnswer, 'gains'>) => (
  <section class="card" aria-labelledby="gains-title">
    <h2 id="gains-title">What would gain most</h2>
    {gains.length === 0 ? (
      <p class="dim">No change would gain much.</p>
    ) : (
      <ol class="gains">
        {gains.map(({ text, guide }) => (
          <li key={text}>
            <p>
              <Prose text={text} />
            </p>
            <Guide guide={guide} />
          </li>
        ))}
      </ol>
    )}
  </section>
);

/** A guide in the clone is a path; only an address is a link. */
const Guide = ({ guide }: { readonly guide: string }) =>
  /^https?:\/\//.test(guide) ? (
    <a href={guide} target="_blank" rel="noreferrer">
      Open the guide
    </a>
  ) : (
    <p class="dim">
      Guide: <code>{guide}</code>
    </p>
  );
