/** An editor for an event of your own, sent to the local stage as a client would send it. */
import { useState } from 'preact/hooks';
import type { SampleResult } from '../../api.ts';
import type { Api } from '../api-client.ts';
import { Dialog } from '../parts/dialog.tsx';
import { FaultText } from '../parts/fault-text.tsx';
import { SampleAnswer } from '../parts/sample-answer.tsx';
import { useAction } from '../parts/use-action.ts';

interface OwnEventProps {
  readonly api: Api;
  readonly onClose: () => void;
  readonly onSent: () => void;
}

/** Every press of Send makes another event, unless you write the id yourself: TikTok drops an id that it has seen. */
const idPlaceholder = 'order-<n>';

const example = JSON.stringify(
  {
    event_name: 'Purchase',
    event_id: idPlaceholder,
    email: 'jane@example.com',
    phone: '+1 213 373 4253',
    value: 20,
    currency: 'USD',
    contents: [{ content_id: 'sku-1', quantity: 1, price: 20 }],
    page_url: 'https://shop.example/thanks',
  },
  null,
  2,
);

export function OwnEvent({ api, onClose, onSent }: OwnEventProps) {
  const [result, setResult] = useState<SampleResult>();
  const { isBusy, fault, run } = useAction();
  const send = (key: string, text: string) =>
    run(async () => {
      setResult(await api.postEvent(key, text.replaceAll(idPlaceholder, `order-${Date.now()}`)));
      onSent();
    });
  return (
    <Dialog label="Event of your own" onClose={onClose}>
      <h2>Event of your own</h2>
      <EventForm isBusy={isBusy} onClose={onClose} onSend={send} />
      <FaultText text={fault} />
      {result !== undefined && <SampleAnswer result={result} onFollow={onClose} />}
    </Dialog>
  );
}

interface FormProps {
  readonly isBusy: boolean;
  readonly onClose: () => void;
  readonly onSend: (key: string, text: string) => void;
}

function EventForm({ isBusy, onClose, onSend }: FormProps) {
  const [text, setText] = useState(example);
  const [key, setKey] = useState('local-api-key');
  const submit = (event: Event) => {
    event.preventDefault();
    onSend(key, text);
  };
  return (
    <form onSubmit={submit} class="own-event">
      <label>
        <span>Event as JSON. {idPlaceholder} becomes a new number each time.</span>
        <textarea
          rows={16}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <label>
        API key
        <input autocomplete="off" value={key} onInput={(event) => setKey(event.currentTarget.value)} />
      </label>
      <div class="buttons">
        <button type="button" onClick={onClose}>
          Close
        </button>
        <button type="submit" class="main" disabled={isBusy}>
          Send
        </button>
      </div>
    </form>
  );
}
