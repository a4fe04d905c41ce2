/** The page: header, the chosen view, and what is wrong with the connection. */
import { useEffect } from 'preact/hooks';
import type { ConsoleState } from '../api.ts';
import type { Api } from './api-client.ts';
import { DeadLettersView } from './dead-letters/dead-letters-view.tsx';
import { EventsView } from './events/events-view.tsx';
import { ConnectionBanner } from './header/connection.tsx';
import { Header } from './header/header.tsx';
import { LocalActions } from './header/local-actions.tsx';
import { QualityView } from './quality/quality-view.tsx';
import { RequestsView } from './requests/requests-view.tsx';
import type { Model } from './state/model.ts';
import { useRoute } from './state/route.ts';
import type { Route } from './state/route-text.ts';
import { type Console, useConsole } from './state/use-console.ts';
import { SyncsView } from './syncs/syncs-view.tsx';

export function App({ api }: { readonly api: Api }) {
  const page = useConsole(api);
  const route = useRoute();
  const { state, connection, fault } = page.model;
  useEffect(() => {
    if (state !== undefined) document.title = `${state.stage} · TikTok Events Gateway`;
  }, [state?.stage]);
  return (
    <>
      <Header model={page.model} view={route.view}>
        <LocalActions api={api} onSent={page.refresh} />
      </Header>
      <main>
        <ConnectionBanner connection={connection} fault={fault} />
        {state === undefined ? (
          <Starting connection={connection} />
        ) : (
          <View api={api} page={page} state={state} route={route} />
        )}
      </main>
    </>
  );
}

const Starting = ({ connection }: Pick<Model, 'connection'>) => (
  <>
    <h1 class="unseen">Console</h1>
    {connection === 'connecting' && <p class="dim">Reading the stage …</p>}
  </>
);

interface ViewProps {
  readonly api: Api;
  readonly page: Console;
  readonly state: ConsoleState;
  readonly route: Route;
}

function View({ api, page, state, route }: ViewProps) {
  switch (route.view) {
    case 'dead-letters':
      return <DeadLettersView api={api} state={state} onChanged={page.refresh} />;
    case 'quality':
      return <QualityView api={api} version={String(state.totals.delivered)} />;
    case 'requests':
      return <RequestsView api={api} />;
    case 'syncs':
      return <SyncsView api={api} state={state} chosen={route.sync} />;
    case 'events':
      return <EventsView api={api} page={page} state={state} openId={route.rowId} />;
  }
}
