/** A stage without events: the first thing to try. */
import type { ConsoleState } from '../../api.ts';
import { Command } from '../parts/copy-button.tsx';

const example =
  '{"event_name":"Purchase","event_id":"order-1001","email":"jane@example.com","value":20,"currency":"USD",' +
  '"contents":[{"content_id":"sku-1","quantity":1,"price":20}]}';

export const EmptyState = ({ state }: { readonly state: ConsoleState }) => (
  <div class="empty">
    <h3>No events yet</h3>
    {state.isLocal ? <LocalStart /> : <DeployedStart stage={state.stage} />}
  </div>
);

const LocalStart = () => (
  <>
    <p>
      Press <b>Send</b> above and choose a sample, or send your first event from a terminal:
    </p>
    <Command text={curlOf(location.origin)} what="the first command" />
  </>
);

const DeployedStart = ({ stage }: { readonly stage: string }) => (
  <>
    <p>
      This stage received nothing in the time that this page shows. Check that it is connected, then send a
      test event. The guide is <code>docs/connect.md</code>.
    </p>
    <Command
      text={`npx --no tiktok-events doctor --stage ${stage}`}
      what="the command that checks the stage"
    />
  </>
);

const curlOf = (origin: string): string =>
  `curl -s ${origin}/v1/events -H 'authorization: Bearer local-api-key' -H 'content-type: application/json' -d '${example}'`;
