/** Dead letters, which you can finish here: replay, discard, or export them and send them corrected. */
import type { ConsoleState, DeadLettersAnswer } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { FaultText } from '../parts/fault-text.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { Letters } from './letters.tsx';

interface ViewProps {
  readonly api: Api;
  readonly state: ConsoleState;
  readonly onChanged: () => void;
}

export function DeadLettersView({ api, state, onChanged }: ViewProps) {
  const { data, fault, reload } = useLoaded<DeadLettersAnswer>(
    api.deadLetters,
    // A letter that comes back at once leaves the number of letters as it was.
    `${state.totals['dead-letter']} ${state.parked}`,
  );
  const changed = () => {
    reload();
    onChanged();
  };
  return (
    <>
      <h1 class="title">Dead letters</h1>
      <p class="lead">
        Messages that the gateway could not deliver. Fix the cause, then replay them; discard the ones that
        nobody needs.
      </p>
      <FaultText text={fault} />
      {data === undefined && fault === '' && <p class="dim">Loading …</p>}
      {data !== undefined && <Letters api={api} state={state} answer={data} onChanged={changed} />}
    </>
  );
}
