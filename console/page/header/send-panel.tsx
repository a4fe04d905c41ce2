/** Sends samples to the local stage: events and correctly signed webhooks, or an event of your own. */
import { useState } from 'preact/hooks';
import type { SampleResult, SamplesAnswer } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { FaultText } from '../parts/fault-text.tsx';
import { SampleAnswer } from '../parts/sample-answer.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { groupSamples } from './group-samples.ts';

interface PanelProps {
  readonly api: Api;
  readonly onOwn: () => void;
  readonly onSent: () => void;
  readonly onFollow: () => void;
}

export function SendPanel({ api, onOwn, onSent, onFollow }: PanelProps) {
  const samples = useLoaded<SamplesAnswer>(api.samples, '');
  const [result, setResult] = useState<SampleResult>();
  const { isBusy, fault, run } = useAction();
  const send = (id: string) =>
    run(async () => {
      setResult(undefined);
      setResult(await api.sendSample(id));
      onSent();
    });
  return (
    <div class="panel">
      <h2>Send to this stage</h2>
      <button type="button" class="wide" onClick={onOwn}>
        Event of your own …
      </button>
      {result !== undefined && <SampleAnswer result={result} onFollow={onFollow} />}
      <FaultText text={fault || samples.fault} />
      {groupSamples(samples.data?.samples ?? []).map(({ title, samples: grouped }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form.
        <div key={title} role="group" aria-label={title}>
          <h3>{title}</h3>
          <ul class="samples">
            {grouped.map(({ id, label }) => (
              <li key={id}>
                <button type="button" disabled={isBusy} onClick={() => send(id)}>
                  {label}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
