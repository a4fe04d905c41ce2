/** Name, stage, connection, the views, and on the local stage what you can send or break. */
import type { ComponentChildren } from 'preact';
import type { ConsoleState } from '../../api.ts';
import type { Model } from '../state/model.ts';
import { goTo } from '../state/route.ts';
import { routeText, type View } from '../state/route-text.ts';
import { countText } from '../text/words.ts';
import { Connection } from './connection.tsx';

interface HeaderProps {
  readonly model: Model;
  readonly view: View;
  /** The actions of the local stage. */
  readonly children: ComponentChildren;
}

const titles: Readonly<Record<View, string>> = {
  events: 'Events',
  'dead-letters': 'Dead letters',
  quality: 'Match quality',
  syncs: 'Syncs',
  requests: 'Requests',
};

export function Header({ model, view, children }: HeaderProps) {
  const { state } = model;
  return (
    <header class={state === undefined || state.isLocal ? 'top' : 'top deployed'} data-sticky>
      <div class="brand">
        <span class="product">TikTok Events Gateway</span>
        {state !== undefined && <Stage state={state} />}
        <Connection connection={model.connection} />
      </div>
      <nav aria-label="Views">
        <ul>
          {viewsOf(state).map((name) => (
            <li key={name}>
              <a
                href={routeText({ view: name })}
                aria-current={name === view ? 'page' : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  goTo({ view: name });
                }}
              >
                {titles[name]}
                {name === 'dead-letters' && <Count count={state?.totals['dead-letter'] ?? 0} />}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {state?.isLocal === true && <div class="actions">{children}</div>}
    </header>
  );
}

/** A deployed stage is marked: what you do here is real. */
const Stage = ({ state }: { readonly state: ConsoleState }) => (
  <span class={state.isLocal ? 'stage' : 'stage deployed'} title={destinationOf(state)}>
    {state.stage}
    {!state.isLocal && <span class="kind"> deployed</span>}
    <span class="unseen">, {destinationOf(state)}</span>
  </span>
);

const destinationOf = ({ sendsTo }: ConsoleState): string =>
  sendsTo === 'sandbox' ? 'sends to the sandbox on this machine' : 'sends to TikTok';

const Count = ({ count }: { readonly count: number }) =>
  count === 0 ? null : <span class="badge">{countText(count)}</span>;

const viewsOf = (state: ConsoleState | undefined): readonly View[] => [
  'events',
  'dead-letters',
  'quality',
  ...(state?.hasSyncs === true ? (['syncs'] as const) : []),
  ...(state?.isLocal === true ? (['requests'] as const) : []),
];
