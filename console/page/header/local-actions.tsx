/** The two panels of the local stage, and the editor of an event. */
import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../api-client.ts';
import { closePopover, Popover } from '../parts/popover.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { counted } from '../text/words.ts';
import { FaultsPanel } from './faults-panel.tsx';
import { OwnEvent } from './own-event.tsx';
import { SendPanel } from './send-panel.tsx';

interface ActionsProps {
  readonly api: Api;
  readonly onSent: () => void;
}

/** A fault with `times` ends by itself. */
const pollMs = 3000;

export function LocalActions({ api, onSent }: ActionsProps) {
  const [isEditing, setEditing] = useState(false);
  const { data, reload } = useLoaded(api.faults, '');
  useEffect(() => {
    const timer = setInterval(reload, pollMs);
    return () => clearInterval(timer);
  }, [reload]);
  const active = data?.faults ?? [];
  const openEditor = () => {
    closePopover('send');
    setEditing(true);
  };
  return (
    <>
      <Popover
        id="faults"
        title="Simulate a failure"
        label={active.length === 0 ? 'Simulate a failure' : `${counted(active.length, 'failure')} on`}
        tone={active.length === 0 ? 'plain' : 'alert'}
      >
        {() => <FaultsPanel api={api} active={active} onChanged={reload} />}
      </Popover>
      <Popover id="send" title="Send" label="Send" tone="main">
        {() => (
          <SendPanel api={api} onOwn={openEditor} onSent={onSent} onFollow={() => closePopover('send')} />
        )}
      </Popover>
      {isEditing && <OwnEvent api={api} onClose={() => setEditing(false)} onSent={onSent} />}
    </>
  );
}
