/** Makes the sandbox fail as TikTok can: presets, how often, any other failure as JSON, and what is on now. */
import { useState } from 'preact/hooks';
import type { Api } from '../api-client.ts';
import { FaultText } from '../parts/fault-text.tsx';
import { useAction } from '../parts/use-action.ts';
import { type ActiveFault, describeFault, type Fault, presets } from './fault-presets.ts';
import { OwnFault } from './own-fault.tsx';

interface PanelProps {
  readonly api: Api;
  readonly active: readonly ActiveFault[];
  readonly onChanged: () => void;
}

export function FaultsPanel({ api, active, onChanged }: PanelProps) {
  const { isBusy, fault, run } = useAction();
  const add = (added: Fault) =>
    run(async () => {
      await api.addFault(added);
      onChanged();
    });
  const clear = () =>
    run(async () => {
      await api.clearFaults();
      onChanged();
    });
  return (
    <div class="panel">
      <h2>Simulate a failure</h2>
      <Active active={active} isBusy={isBusy} onClear={clear} />
      <PresetForm isBusy={isBusy} onAdd={add} />
      <FaultText text={fault} />
      <OwnFault isBusy={isBusy} onAdd={add} />
    </div>
  );
}

interface ActiveProps {
  readonly active: readonly ActiveFault[];
  readonly isBusy: boolean;
  readonly onClear: () => void;
}

const Active = ({ active, isBusy, onClear }: ActiveProps) => (
  <div class="active-faults" role="status">
    {active.length === 0 ? (
      <p class="dim">No failure is on.</p>
    ) : (
      <>
        <ul>
          {active.map((fault, index) => (
            <li key={`${index} ${fault.kind}`}>
              <code>{describeFault(fault)}</code>
            </li>
          ))}
        </ul>
        <button type="button" disabled={isBusy} onClick={onClear}>
          Turn all off
        </button>
      </>
    )}
  </div>
);

interface FormProps {
  readonly isBusy: boolean;
  readonly onAdd: (fault: Fault) => void;
}

const all = presets.flatMap((group) => group.presets);

function PresetForm({ isBusy, onAdd }: FormProps) {
  const [label, setLabel] = useState(all[0]?.label ?? '');
  const [times, setTimes] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    const preset = all.find((one) => one.label === label);
    if (preset !== undefined)
      onAdd({ ...preset.fault, ...(Number(times) > 0 ? { times: Number(times) } : {}) });
  };
  return (
    <form class="fault-form" onSubmit={submit}>
      <PresetChoice label={label} onChoose={setLabel} />
      <label>
        Times
        <input
          type="number"
          min="1"
          placeholder="always"
          value={times}
          onInput={(event) => setTimes(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="main" disabled={isBusy}>
        Turn on
      </button>
    </form>
  );
}

interface PresetProps {
  readonly label: string;
  readonly onChoose: (label: string) => void;
}

const PresetChoice = ({ label, onChoose }: PresetProps) => (
  <label>
    Failure
    <select value={label} onChange={(event) => onChoose(event.currentTarget.value)}>
      {presets.map(({ group, presets: inGroup }) => (
        <optgroup key={group} label={group}>
          {inGroup.map((preset) => (
            <option key={preset.label} value={preset.label}>
              {preset.label}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  </label>
);
