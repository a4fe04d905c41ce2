/** What TikTok would have received: the sandbox's last requests with their bodies. Local stage only. */
import { useEffect } from 'preact/hooks';
import type { Api } from '../api-client.ts';
import { CodeBlock } from '../parts/code-block.tsx';
import { FaultText } from '../parts/fault-text.tsx';
import { Pill } from '../parts/pill.tsx';
import { Time } from '../parts/time.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { clockTime } from '../text/format-time.ts';
import { counted } from '../text/words.ts';
import { isTaken, type TikTokRequest, verdictOf } from './tiktok-request.ts';

const pollMs = 1500;

export function RequestsView({ api }: { readonly api: Api }) {
  const { data, fault, reload } = useLoaded(api.requests, '');
  const clearing = useAction();
  useEffect(() => {
    const timer = setInterval(reload, pollMs);
    return () => clearInterval(timer);
  }, [reload]);
  const clear = () =>
    clearing.run(async () => {
      await api.clearRequests();
      reload();
    });
  const requests = data?.requests.toReversed() ?? [];
  return (
    <>
      <h1 class="title">Requests to TikTok</h1>
      <p class="lead">
        The last requests that the sandbox received in TikTok’s place. Clear forgets them, and the event ids
        that it has seen.
      </p>
      <FaultText text={fault || clearing.fault} />
      <section class="card" aria-label="List of requests">
        <div class="letters-bar">
          <span class="dim">{counted(requests.length, 'request')}</span>
          <span class="space" />
          <button type="button" disabled={clearing.isBusy} onClick={clear}>
            Clear
          </button>
        </div>
        {requests.length === 0 && <p class="empty dim">Nothing was sent yet.</p>}
        {requests.map((request) => (
          <OneRequest key={`${request.at} ${request.bytes}`} request={request} />
        ))}
      </section>
    </>
  );
}

function OneRequest({ request }: { readonly request: TikTokRequest }) {
  const { at, message, events, duplicates, fault, body } = request;
  const atMs = Date.parse(at);
  return (
    <details class="request">
      <summary>
        <Time ms={atMs}>{clockTime(atMs)}</Time>
        <Pill tone={isTaken(request) ? 'good' : 'bad'}>{verdictOf(request)}</Pill>
        <span class="message">{message}</span>
        <span class="dim">
          {counted(events, 'event')}
          {duplicates > 0 && `, ${counted(duplicates, 'duplicate')}`}
          {fault !== undefined && `, simulated: ${fault}`}
        </span>
      </summary>
      <CodeBlock label="Body of the request" text={JSON.stringify(body, null, 2)} />
    </details>
  );
}
