/** A failure with every setting that the sandbox knows: another code, one pixel, requests above a size, OAuth. */
import { useState } from 'preact/hooks';
import { FaultText } from '../parts/fault-text.tsx';
import type { Fault } from './fault-presets.ts';

interface FormProps {
  readonly isBusy: boolean;
  readonly onAdd: (fault: Fault) => void;
}

export function OwnFault({ isBusy, onAdd }: FormProps) {
  const [text, setText] = useState('{"kind":"code","code":40100,"match":"order-1001","times":2}');
  const [problem, setProblem] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    try {
      setProblem('');
      onAdd(JSON.parse(text));
    } catch {
      setProblem('This is not valid JSON.');
    }
  };
  return (
    <details>
      <summary>As JSON</summary>
      <form onSubmit={submit}>
        <textarea
          rows={3}
          spellcheck={false}
          aria-label="Failure as JSON"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <FaultText text={problem} />
        <button type="submit" disabled={isBusy}>
          Turn this on
        </button>
      </form>
    </details>
  );
}
